import { type Bars, drawBars } from "./bars.ts";
import { type Columns, drawColumns } from "./columns.ts";
import { Contents } from "./contents.ts";
import { drawHeat, type Heat } from "./heat.ts";
import { drawCode, drawFacts, drawList, type Facts } from "./lists.ts";
import { drawMark } from "./mark.ts";
import { edge, ink, type Layout, type Sheet } from "./sheet.ts";
import { drawSpread, type Spread } from "./spread.ts";
import { drawSteps, type Steps } from "./steps.ts";
import { drawTable, type Table } from "./table.ts";
import { drawBlock, styles } from "./text.ts";

/** What a document is written with: from top to bottom, each part below the one before. */
export class Paper {
  readonly #sheet: Sheet;
  #chapter: PDFKit.PDFOutline | null = null;
  #contents: Contents | null = null;

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  /** The name of a document that has a page for it, under the mark. Once, at the top. */
  cover(text: string, lead: string): void {
    const sheet = this.#sheet;
    sheet.unread(() => drawMark(sheet, edge.side, 60));
    sheet.y = 150;
    drawBlock(this.#sheet, "H1", text, styles.cover, { before: 0 });
    drawBlock(this.#sheet, "P", lead, styles.lead, { before: 8 });
    sheet.y += 14;
    sheet.rule(sheet.y, ink.line);
    sheet.y += 6;
  }

  /** The name of the document, and a sentence on what it is. Once, at the top. */
  title(text: string, lead?: string): void {
    const sheet = this.#sheet;
    sheet.unread(() => drawMark(sheet, edge.side, 36));
    drawBlock(this.#sheet, "H1", text, styles.title, { before: 4 });
    if (lead) drawBlock(this.#sheet, "P", lead, styles.lead, { before: 6 });
    sheet.y += 10;
  }

  /** What parts there will be, by their headings, each with its page. They end the page of a cover that has room for them. */
  contents(titles: readonly string[]): void {
    this.#sheet.room(60 + titles.length * 17);
    drawBlock(this.#sheet, "H2", "Contents", styles[1], { before: 24 });
    this.#sheet.y += 6;
    this.#contents = new Contents(this.#sheet, titles);
    this.#sheet.y += 8;
    if (this.#sheet.pages === 1) this.#sheet.turn();
  }

  /** Begins a part; it is in the outline. Does not stand alone at the end of a page. */
  heading(text: string, level: 1 | 2 = 1): void {
    const sheet = this.#sheet;
    if (level === 1) sheet.part = text;
    sheet.room(level === 1 ? 120 : 100);
    const before = level === 1 ? 20 : 12;
    const at = { expanded: false, top: sheet.y };
    if (level === 1 || !this.#chapter) this.#chapter = sheet.doc.outline.addItem(text, at);
    else this.#chapter.addItem(text, at);
    if (level === 1) this.#contents?.reached(sheet, text);
    const isTop = sheet.y === edge.top;
    drawBlock(this.#sheet, level === 1 ? "H2" : "H3", text, styles[level], {
      before: isTop ? 0 : before,
    });
    sheet.y += 4;
  }

  /** Begins a part on a page of its own, which lies on its side where its tables are wide. */
  part(text: string, layout: Layout = "portrait"): void {
    this.#sheet.part = text;
    this.#sheet.turn(layout);
    this.heading(text);
  }

  paragraph(text: string, style: "plain" | "quiet" = "plain"): void {
    drawBlock(this.#sheet, "P", text, styles[style], { before: 4 });
  }

  /** What a program reads: its lines and what they begin with are kept. */
  code(text: string): void {
    drawCode(this.#sheet, text);
  }

  /** Sentences side by side, each with its dot or its number. */
  list(sentences: readonly string[], kind: "dots" | "numbers" = "dots"): void {
    drawList(this.#sheet, sentences, kind);
  }

  /** What a person wrote, as they wrote it. */
  quote(text: string): void {
    const sheet = this.#sheet;
    sheet.y += 6;
    const [page, top] = [sheet.pages, sheet.y + 3];
    drawBlock(this.#sheet, "BlockQuote", `“${text}”`, styles.quote, { indent: 12 });
    const from = page === sheet.pages ? top : edge.top;
    sheet.unread(() => sheet.doc.rect(edge.side, from, 2, sheet.y - from - 1).fill(ink.line));
    sheet.y += 4;
  }

  /** Names and values side by side; a value that is not known is a dash. */
  facts(facts: Facts, mono: readonly string[] = []): void {
    drawFacts(this.#sheet, facts, mono);
  }

  /** A table that breaks over pages, its head on each. Long ones are read and printed row by row. */
  async table<T>(table: Table<T>): Promise<void> {
    await drawTable(this.#sheet, table);
  }

  /** Bars side by side with their values: a plot that reads as a list. */
  bars(bars: Bars): void {
    drawBars(this.#sheet, bars);
  }

  columns(columns: Columns): void {
    drawColumns(this.#sheet, columns);
  }

  heat(heat: Heat): void {
    drawHeat(this.#sheet, heat);
  }

  steps(steps: Steps): void {
    drawSteps(this.#sheet, steps);
  }

  spread(spread: Spread): void {
    drawSpread(this.#sheet, spread);
  }

  newPage(layout: Layout = "portrait"): void {
    this.#sheet.turn(layout);
  }
}
