import { type Bars, drawBars } from "./bars.ts";
import type { Line, Style } from "./pen.ts";
import { ink, inner, page, type Sheet } from "./sheet.ts";
import { drawTable, type Table } from "./table.ts";

const styles = {
  title: { face: "strong", size: 20, colour: ink.strong },
  lead: { face: "regular", size: 11, colour: ink.quiet },
  1: { face: "strong", size: 13, colour: ink.strong },
  2: { face: "strong", size: 10, colour: ink.strong },
  plain: { face: "regular", size: 9.5, colour: ink.plain },
  quiet: { face: "regular", size: 8.5, colour: ink.quiet },
  mono: { face: "mono", size: 8, colour: ink.plain },
  label: { face: "regular", size: 9, colour: ink.quiet },
} satisfies Record<string, Style>;

/** The leading of a line, in parts of its size. */
const leading = 1.42;

/** What a document is written with: from top to bottom, each part below the one before. */
export class Paper {
  readonly #sheet: Sheet;
  #chapter: PDFKit.PDFOutline | null = null;

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  /** The name of the document, and a sentence on what it is. Once, at the top. */
  title(text: string, lead?: string): void {
    this.#block("H1", text, styles.title, 0);
    if (lead) this.#block("P", lead, styles.lead, 6);
    this.#sheet.y += 10;
  }

  /** Begins a part; it is in the outline. Does not stand alone at the end of a page. */
  heading(text: string, level: 1 | 2 = 1): void {
    const { doc } = this.#sheet;
    this.#sheet.room(level === 1 ? 160 : 110);
    const at = { expanded: false, top: this.#sheet.y };
    if (level === 1 || !this.#chapter) this.#chapter = doc.outline.addItem(text, at);
    else this.#chapter.addItem(text, at);
    this.#block(level === 1 ? "H2" : "H3", text, styles[level], level === 1 ? 18 : 12);
    this.#sheet.y += 4;
  }

  paragraph(text: string, style: "plain" | "quiet" | "mono" = "plain"): void {
    this.#block("P", text, styles[style], 4);
  }

  /** What a person wrote, as they wrote it. */
  quote(text: string): void {
    this.#block("BlockQuote", `“${text}”`, styles.plain, 4, 12);
  }

  /** Names and values side by side; a value that is not known is a dash. */
  facts(
    facts: readonly (readonly [label: string, value: string | null | undefined])[],
    mono: readonly string[] = [],
  ): void {
    const sheet = this.#sheet;
    const list = sheet.open("L");
    sheet.y += 8;
    for (const [label, value] of facts) {
      const style = mono.includes(label) ? styles.mono : styles.plain;
      const names = sheet.pen.lines(label, styles.label, 120);
      const values = sheet.pen.lines(value || "–", style, inner - 136);
      const height = Math.max(names.length, values.length) * styles.plain.size * leading + 3;
      if (height < page.height / 2) sheet.room(height);
      const item = sheet.open("LI", list);
      const top = sheet.y;
      sheet.read("Lbl", () => this.#column(names, page.side, top), item);
      const body = sheet.open("LBody", item);
      this.#flow(body, "LBody", values, page.side + 136);
      body.end();
      item.end();
      sheet.y = Math.max(sheet.y, top + names.length * styles.label.size * leading) + 3;
    }
    list.end();
    sheet.y += 4;
  }

  /** A table that breaks over pages, its head on each. Long ones are read and printed row by row. */
  async table<T>(table: Table<T>): Promise<void> {
    await drawTable(this.#sheet, table);
  }

  /** Bars side by side with their values: a plot that reads as a list. */
  bars(bars: Bars): void {
    drawBars(this.#sheet, bars);
  }

  newPage(): void {
    this.#sheet.turn();
  }

  #block(type: string, text: string, style: Style, before: number, indent = 0): void {
    const sheet = this.#sheet;
    sheet.y += before;
    const lines = sheet.pen.lines(text, style, inner - indent);
    const element = sheet.open(type);
    this.#flow(element, type, lines, page.side + indent);
    element.end();
  }

  /** Lines from here on, over as many pages as they need. */
  #flow(
    element: PDFKit.PDFStructureElement,
    type: string,
    lines: readonly Line[],
    x: number,
  ): void {
    const sheet = this.#sheet;
    for (let rest = lines; rest.length > 0; ) {
      const height = (rest[0]?.style.size ?? 9) * leading;
      sheet.room(height);
      const fitting = Math.max(1, Math.floor(sheet.left() / height));
      const now = rest.slice(0, fitting);
      sheet.part(element, type, () => this.#column(now, x, sheet.y));
      sheet.y += now.length * height;
      rest = rest.slice(fitting);
    }
  }

  #column(lines: readonly Line[], x: number, top: number): void {
    lines.forEach((line, index) => {
      const { size } = line.style;
      this.#sheet.pen.draw(line, x, top + index * size * leading + size);
    });
  }
}
