import PDFDocument from "pdfkit";
import { Filled } from "./filled.ts";
import { Pen, type Style } from "./pen.ts";

export type PaperOptions = {
  title: string;
  /** What stands at the head of each page after the first, opposite the part that it belongs to. */
  head?: string;
  /** What stands at the foot of each page, beside its number. */
  foot: string;
  /** When it was made: the only time in the file. */
  at: Date;
};
export type Layout = "portrait" | "landscape";
export type Element = PDFKit.PDFStructureElement;

export const edge = { side: 56, top: 64, bottom: 60 };
/** What is wide enough for a column of text; a page on its side is wider. */
export const portrait = { width: 595.28, height: 841.89 };
export const ink = {
  strong: "#161c24",
  plain: "#2b3038",
  quiet: "#5d646c",
  line: "#dee2e5",
  accent: "#006097",
};

const small: Style = { face: "regular", size: 8, colour: ink.quiet };
/** Text of more than this waits for the reader. */
const ahead = 256 * 1024;

/**
 * A PDF in the making: pages, the place on them, what is read aloud and what is not. The same calls give the same bytes:
 * no clock, no chance, and nothing deflated, which depends on the machine.
 */
export class Sheet {
  readonly doc: InstanceType<typeof PDFDocument>;
  readonly pen: Pen;
  readonly root: Element;
  y = edge.top;
  pages = 0;
  /** The part that a new page belongs to. */
  part = "";
  readonly #head: string;
  readonly #foot: string;
  readonly #filled: Filled;
  #layout: Layout = "portrait";
  #wake: () => void = () => {};

  constructor({ title, head, foot, at }: PaperOptions) {
    this.doc = new PDFDocument({
      size: "A4",
      margin: 0,
      autoFirstPage: false,
      compress: false,
      pdfVersion: "1.7",
      tagged: true,
      lang: "en",
      displayTitle: true,
      fontLayoutCache: false,
      info: { Title: title, Author: "Alongside", Creator: "Alongside", CreationDate: at },
      // Its own default font would be one that is not in the file.
      font: "",
    });
    this.doc._read = () => this.#wake();
    this.doc.once("close", () => this.#wake());
    this.pen = new Pen(this.doc);
    this.root = this.doc.struct("Document", { title });
    this.doc.addStructure(this.root);
    this.#head = head ?? "";
    this.#foot = foot;
    this.#filled = new Filled(this.doc);
    this.turn();
  }

  /** Between the edges. */
  get inner(): number {
    return this.doc.page.width - 2 * edge.side;
  }

  get right(): number {
    return this.doc.page.width - edge.side;
  }

  /** A new page, with its head and foot; as the one before it stands unless told. */
  turn(layout: Layout = this.#layout): void {
    this.#layout = layout;
    this.doc.addPage({ size: "A4", layout, margin: 0 });
    this.pages += 1;
    this.y = edge.top;
    this.unread(() => {
      if (this.pages > 1) this.#drawHead();
      const bottom = this.doc.page.height - 32;
      const [foot] = this.pen.lines(this.#foot, small, this.inner - 100);
      if (foot) this.pen.draw(foot, edge.side, bottom);
      const [number] = this.pen.lines(`Page ${this.pages} of`, small, 100);
      const end = this.right - 10;
      if (number) this.pen.draw(number, end - 3 - this.pen.widthOf(number), bottom);
      this.later("Total", end, bottom, () => this.#number(this.pages));
    });
  }

  #drawHead(): void {
    const half = this.inner / 2 - 8;
    const [head] = this.pen.lines(this.#head, small, half);
    const [part] = this.pen.lines(this.part, small, half);
    if (head) this.pen.draw(head, edge.side, 38);
    if (part) this.pen.draw(part, this.right - this.pen.widthOf(part), 38);
    if (!this.#head) return;
    const { doc } = this;
    doc.moveTo(edge.side, 46).lineTo(this.right, 46);
    doc.lineWidth(0.5).strokeColor(ink.line).stroke();
  }

  #number(n: number): void {
    for (const line of this.pen.lines(String(n), small, 40)) this.pen.draw(line, 0, 0);
  }

  /** A place on this page for what is known once all is written; one name is one content. */
  later(name: string, x: number, y: number, draw: () => void): void {
    this.#filled.place(name, x, y, draw);
  }

  /** Turns the page unless this much room is left on it. */
  room(height: number): void {
    if (this.left() < height) this.turn();
  }

  left(): number {
    return this.doc.page.height - edge.bottom - this.y;
  }

  /** Draws what is read aloud as `type`, in the order of the drawing. */
  read(
    type: string,
    draw: () => void,
    parent: Element = this.root,
    options: { alt?: string; bbox?: [number, number, number, number] } = {},
  ) {
    const element = this.open(type, parent, options);
    this.mark(element, type, draw);
    element.end();
  }

  open(
    type: string,
    parent: Element = this.root,
    options: { alt?: string; scope?: string; bbox?: [number, number, number, number] } = {},
  ): Element {
    const element = this.doc.struct(type, options);
    parent.add(element);
    return element;
  }

  /** What of an element stands on this page. */
  mark(element: Element, type: string, draw: () => void): void {
    const content = this.doc.markStructureContent(type);
    draw();
    this.doc.endMarkedContent();
    element.add(content);
  }

  /** Draws what is only there to be seen. */
  unread(draw: () => void): void {
    this.doc.markContent("Artifact", { type: "Layout" });
    draw();
    this.doc.endMarkedContent();
  }

  rule(y: number, colour = ink.line): void {
    this.unread(() => {
      this.doc.moveTo(edge.side, y).lineTo(this.right, y);
      this.doc.lineWidth(0.5).strokeColor(colour).stroke();
    });
  }

  /** Waits until the reader has taken most of what is written. @throws when the reader has gone away. */
  async settle(): Promise<void> {
    while (this.doc.readableLength > ahead && !this.doc.destroyed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.doc.destroyed) throw new Error("The reader of the document went away");
  }

  end(): void {
    this.#filled.fill();
    this.root.end();
    this.doc.end();
  }
}
