import type PDFDocument from "pdfkit";

type Place = {
  form: PDFKit.PDFKitReference;
  about: { Resources: object };
  draw: () => void;
};

/**
 * Places whose content is known at the end, such as the number of all pages: a form that is written last, while the pages
 * that show it are long gone to the reader.
 */
export class Filled {
  readonly #doc: InstanceType<typeof PDFDocument>;
  readonly #places = new Map<string, Place>();

  constructor(doc: InstanceType<typeof PDFDocument>) {
    this.#doc = doc;
  }

  /** Shows what `draw` will put at 0, 0. The first call of a name says what that is. */
  place(name: string, x: number, y: number, draw: () => void): void {
    const doc = this.#doc;
    const known = this.#places.get(name) ?? this.#add(name, draw);
    doc.page.xobjects[name] = known.form;
    doc.save().translate(x, y);
    doc.addContent(`/${name} Do`);
    doc.restore();
  }

  #add(name: string, draw: () => void): Place {
    const about = {
      Type: "XObject",
      Subtype: "Form",
      BBox: [-600, -600, 600, 600],
      Resources: {},
    };
    const place = { form: this.#doc.ref(about), about, draw };
    this.#places.set(name, place);
    return place;
  }

  fill(): void {
    for (const { form, about, draw } of this.#places.values()) {
      const written: string[] = [];
      const { addContent } = this.#doc;
      this.#doc.addContent = (data: unknown) => {
        written.push(String(data));
        return this.#doc;
      };
      draw();
      this.#doc.addContent = addContent;
      about.Resources = { Font: this.#doc.page.fonts };
      form.end(written.join("\n"));
    }
  }
}
