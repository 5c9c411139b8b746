/** `fontkit`, which `pdfkit` embeds fonts by, has no types of its own. */
declare module "fontkit" {
  export function create(file: Uint8Array): { hasGlyphForCodePoint(codePoint: number): boolean };
}
