import type PDFDocument from "pdfkit";
import type { Face } from "./fonts.ts";
import type { Run } from "./runs.ts";
import { inSight, linesOf, type Measure, type Word } from "./words.ts";

export type Style = { face: Face; size: number; colour: string };
export type Line = { words: Word[]; style: Style };

/** Puts lines of text on the page in whichever fonts have their letters. */
export class Pen {
  readonly #doc: PDFKit.PDFDocument;
  readonly #widths = new Map<string, number>();

  constructor(doc: InstanceType<typeof PDFDocument>) {
    this.#doc = doc;
  }

  /** The lines of a text within a width. */
  lines(text: string, style: Style, width: number): Line[] {
    const measure: Measure = (run) => this.#widthOf(run);
    return linesOf(text, style.face, width / style.size, measure).map((words) => ({
      words,
      style,
    }));
  }

  widthOf(line: Line): number {
    const space = this.#space(line);
    const words = line.words.reduce((sum, { width }) => sum + width, 0);
    return (words + space * Math.max(0, line.words.length - 1)) * line.style.size;
  }

  /** Draws a line, its letters standing on `y`. */
  draw(line: Line, x: number, y: number): void {
    const { size, colour } = line.style;
    const space = this.#space(line);
    this.#doc.fillColor(colour);
    let at = x;
    for (const part of joined(inSight(line.words), space)) {
      this.#doc
        .font(part.run.font)
        .fontSize(size)
        .text(part.text, at, y, { lineBreak: false, baseline: "alphabetic" });
      at += part.width * size;
    }
  }

  #space({ words, style }: Line): number {
    const run = words[0]?.runs[0]?.run;
    return run ? this.#letters(" ", run) : style.size / 4;
  }

  /** In parts of the size. Letters of simple scripts by themselves, known after the first; others as they join. */
  #widthOf(run: Run): number {
    return /^[\u0020-\u024f\u2000-\u206f]*$/.test(run.text)
      ? [...run.text].reduce((sum, letter) => sum + this.#letters(letter, run), 0)
      : this.#measured(run.text, run);
  }

  #letters(letter: string, run: Run): number {
    const key = run.font + letter;
    const width = this.#widths.get(key) ?? this.#measured(letter, run);
    this.#widths.set(key, width);
    return width;
  }

  #measured(text: string, { font, bytes }: Run): number {
    // A font has a name from its first use on.
    if (!this.#named.has(font)) this.#doc.registerFont(font, bytes);
    this.#named.add(font);
    return this.#doc.font(font).fontSize(1000).widthOfString(text) / 1000;
  }
  readonly #named = new Set<string>();
}

type Part = { text: string; run: Run; width: number };

/** Neighbours of one font as one text, with the spaces between the words. */
function joined(words: readonly Word[], space: number): Part[] {
  const parts: Part[] = [];
  for (const [index, { runs, close }] of words.entries()) {
    for (const [place, { run, width }] of runs.entries()) {
      const last = parts.at(-1);
      const gap = index > 0 && place === 0 && !close ? space : 0;
      if (last && last.run.font === run.font && !last.run.rightToLeft && !run.rightToLeft) {
        last.text += (gap > 0 ? " " : "") + run.text;
        last.width += gap + width;
      } else {
        if (last) last.width += gap;
        parts.push({ text: run.text, run, width });
      }
    }
  }
  return parts;
}
