import PDFDocument from "pdfkit";
import { type Line, Pen, type Style } from "./pen.ts";

export type PaperOptions = {
  title: string;
  /** What stands at the foot of each page, beside its number. */
  foot: string;
  /** When it was made: the only time in the file. */
  at: Date;
};

type Element = PDFKit.PDFStructureElement;

export const page = { width: 595.28, height: 841.89, side: 56, top: 60, bottom: 64 };
export const inner = page.width - 2 * page.side;
export const ink = {
  strong: "#16191f",
  plain: "#2b3038",
  quiet: "#5d636d",
  line: "#d9dce1",
  accent: "#14548c",
};

const small: Style = { face: "regular", size: 8, colour: ink.quiet };
/** Where the number of all pages stands: written last, shown by each page. */
const total = { x: page.width - page.side - 16, y: page.height - 36 };
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
  y = page.top;
  #pages = 0;
  readonly #foot: Line[];
  readonly #total: PDFKit.PDFKitReference;
  readonly #form = {
    Type: "XObject",
    Subtype: "Form",
    BBox: [0, 0, page.width, page.height],
    Resources: {},
  };
  #wake: () => void = () => {};

  constructor({ title, foot, at }: PaperOptions) {
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
    this.#foot = this.pen.lines(foot, small, inner - 100).slice(0, 1);
    this.#total = this.doc.ref(this.#form);
    this.turn();
  }

  /** A new page, with its foot. */
  turn(): void {
    this.doc.addPage();
    this.#pages += 1;
    this.y = page.top;
    this.unread(() => {
      for (const line of this.#foot) this.pen.draw(line, page.side, total.y);
      const [number] = this.pen.lines(`Page ${this.#pages} of`, small, 100);
      if (number) this.pen.draw(number, total.x - 3 - this.pen.widthOf(number), total.y);
      this.doc.page.xobjects.Total = this.#total;
      this.doc.addContent("/Total Do");
    });
  }

  /** Turns the page unless this much room is left on it. */
  room(height: number): void {
    if (this.left() < height) this.turn();
  }

  left(): number {
    return page.height - page.bottom - this.y;
  }

  /** Draws what is read aloud as `type`, in the order of the drawing. */
  read(
    type: string,
    draw: () => void,
    parent: Element = this.root,
    options: { alt?: string } = {},
  ) {
    const element = this.open(type, parent, options);
    this.part(element, type, draw);
    element.end();
  }

  open(
    type: string,
    parent: Element = this.root,
    options: { alt?: string; scope?: string } = {},
  ): Element {
    const element = this.doc.struct(type, options);
    parent.add(element);
    return element;
  }

  /** What of an element stands on this page. */
  part(element: Element, type: string, draw: () => void): void {
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

  rule(y: number, colour = ink.line, x = page.side, width = inner): void {
    this.unread(() => {
      this.doc
        .moveTo(x, y)
        .lineTo(x + width, y)
        .lineWidth(0.5)
        .strokeColor(colour)
        .stroke();
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
    const [number] = this.pen.lines(String(this.#pages), small, 40);
    const written: string[] = [];
    const { addContent } = this.doc;
    this.doc.addContent = (data: unknown) => {
      written.push(String(data));
      return this.doc;
    };
    if (number) this.pen.draw(number, total.x, total.y);
    this.doc.addContent = addContent;
    this.#form.Resources = { Font: this.doc.page.fonts };
    this.#total.end(written.join("\n"));
    this.root.end();
    this.doc.end();
  }
}
