export type Query = Promise<Record<string, string | string[] | undefined>>;

/** The first of a parameter that an address may hold several times. */
export const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
