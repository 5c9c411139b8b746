import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { create } from "fontkit";

export const faces = ["regular", "strong", "mono"] as const;
export type Face = (typeof faces)[number];

export type FontFile = { name: string; bytes: Buffer; has: (codePoint: number) => boolean };

/** Fonts of packages, by name: Geist, then what has the letters that Geist lacks. */
const own: Record<Face, string> = {
  regular: "geist/dist/fonts/geist-sans/Geist-Regular.ttf",
  strong: "geist/dist/fonts/geist-sans/Geist-SemiBold.ttf",
  mono: "geist/dist/fonts/geist-mono/GeistMono-Regular.ttf",
};
const ownPaths = new Set(Object.values(own));
const others = [
  // Greek, Cyrillic, Vietnamese, Hebrew, Arabic, Armenian, Georgian, signs.
  "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
  "@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf",
  "@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf",
  // Chinese and Japanese, then Korean.
  "@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf",
  "@embedpdf/fonts-kr/fonts/NotoSansKR-Regular.otf",
];

const opened = new Map<string, FontFile | null>();

/** A font as it lies in its package, read once; null where the package is not installed. */
function open(path: string): FontFile | null {
  const known = opened.get(path);
  if (known !== undefined) return known;
  const file = join(process.cwd(), "node_modules", path);
  const font = existsSync(file) ? read(path, file) : null;
  opened.set(path, font);
  return font;
}

function read(name: string, file: string): FontFile {
  const bytes = readFileSync(file);
  if (ownPaths.has(name)) unjoin(bytes);
  const font = create(bytes);
  return { name, bytes, has: (codePoint) => font.hasGlyphForCodePoint(codePoint) };
}

/** The font of a face. @throws where the package is gone: nothing could be printed. */
export function ownFont(face: Face): FontFile {
  const font = open(own[face]);
  if (!font) throw new Error(`The font ${own[face]} is not there`);
  return font;
}

/** The first font that has all of these letters; null: none has. The large ones are opened only when it comes to them. */
export function fontFor(face: Face, codePoints: readonly number[]): FontFile | null {
  for (const path of [own[face], ...others]) {
    const font = open(path);
    if (font && codePoints.every((one) => isSilent(one) || font.has(one))) return font;
  }
  return null;
}

/** Joiners and variation selectors, which say how the letters beside them look. */
const isSilent = (codePoint: number): boolean =>
  codePoint === 0x200c || codePoint === 0x200d || (codePoint >= 0xfe00 && codePoint <= 0xfe0f);

/**
 * Takes ligatures and kerning out of a font: by far the most of the work on a long table, and its scripts do without. The
 * two tables stay in the file under names that nobody knows.
 */
function unjoin(bytes: Buffer): void {
  const tables = bytes.readUInt16BE(4);
  for (let at = 12; at < 12 + 16 * tables; at += 16) {
    const tag = bytes.toString("latin1", at, at + 4);
    if (tag === "GSUB" || tag === "GPOS") bytes.write("x", at, "latin1");
  }
}
