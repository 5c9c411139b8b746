/** "Berlin" of Europe/Berlin: how a zone is named in a sentence. */
export const cityOf = (zone: string): string =>
  zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
