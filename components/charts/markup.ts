/** Text that is safe to stand in a page as it is: made by `markup` alone. */
export class Markup {
  readonly text: string;
  constructor(parts: readonly string[], values: readonly Value[]) {
    this.text = parts.map((part, i) => part + written(values[i])).join("");
  }
}

export type Value = Markup | string | number | false | null | undefined | readonly Value[];

/**
 * HTML or SVG of a template: whatever stands in `${}` is escaped, unless it is markup itself. A drawing of some hundred
 * elements is one string to React, and costs it nothing.
 */
export const markup = (parts: TemplateStringsArray, ...values: Value[]): Markup =>
  new Markup(parts, values);

function written(value: Value): string {
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "number") return String(Math.round(value * 10) / 10);
  if (typeof value === "string") return asText(value);
  return value instanceof Markup ? value.text : value.map(written).join("");
}

/** Text as it may stand in an element or between the quotes of an attribute. */
export const asText = (value: string): string =>
  value.search(unsafe) < 0 ? value : value.replaceAll(unsafe, escaped);

/** All but plain ASCII too: one letter of another script makes the whole string twice as long, and three times as slow. */
const unsafe = /[&<>"']|[^ -~]/gu;
const escaped = (character: string): string => `&#${character.codePointAt(0)};`;
