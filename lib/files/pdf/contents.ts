import type { Style } from "./pen.ts";
import { edge, ink, type Sheet } from "./sheet.ts";

const plain: Style = { face: "regular", size: 9.5, colour: ink.plain };
const step = 17;

/** The parts of a document, each with its page and a link to it; the pages are known once the parts are written. */
export class Contents {
  readonly #titles: readonly string[];
  readonly #pages = new Map<number, number>();

  constructor(sheet: Sheet, titles: readonly string[]) {
    this.#titles = titles;
    const list = sheet.open("TOC");
    titles.forEach((title, at) => {
      const [line] = sheet.pen.lines(title, plain, sheet.inner - 40);
      if (!line) return;
      const item = sheet.open("TOCI", list);
      const link = sheet.open("Link", item);
      sheet.mark(link, "Link", () => sheet.pen.draw(line, edge.side, sheet.y + 11));
      const about = { structParent: link, Border: [0, 0, 0] };
      sheet.doc.goTo(edge.side, sheet.y, sheet.inner, step, nameOf(at), about);
      link.end();
      item.end();
      this.#lead(sheet, at, edge.side + sheet.pen.widthOf(line) + 6);
      sheet.y += step;
    });
    list.end();
  }

  #lead(sheet: Sheet, at: number, from: number): void {
    const { doc, pen } = sheet;
    const [right, y] = [sheet.right, sheet.y + 11];
    sheet.unread(() => {
      doc
        .moveTo(from, y)
        .lineTo(right - 24, y)
        .lineWidth(0.7);
      doc.dash(0.7, { space: 3 }).strokeColor(ink.quiet).stroke().undash();
      sheet.later(`Page${at}`, right, y, () => {
        const [number] = pen.lines(String(this.#pages.get(at) ?? "–"), plain, 40);
        if (number) pen.draw(number, -pen.widthOf(number), 0);
      });
    });
  }

  /** Where the part is that begins here. */
  reached(sheet: Sheet, title: string): void {
    const at = this.#titles.indexOf(title);
    if (at < 0 || this.#pages.has(at)) return;
    this.#pages.set(at, sheet.pages);
    sheet.doc.addNamedDestination(nameOf(at), "XYZ", edge.side, sheet.y, null);
  }
}

const nameOf = (at: number): string => `part-${String(at).padStart(2, "0")}`;
