import { Fragment, isValidElement, type ReactNode } from "react";
import { Markup, markup } from "./charts/markup.ts";

/*
 * What only shows is written by this, and handed to React as one string: it costs a tenth of the same as elements, which
 * are rendered, sent and read twice, as HTML and as data.
 */

/** HTML of server components that wait for nothing. @throws at anything that lives on in the browser, or waits. */
export const written = (node: ReactNode): string => htmlOf(node).text;

function htmlOf(node: unknown): Markup {
  if (Array.isArray(node)) return markup`${node.map(htmlOf)}`;
  if (typeof node === "string" || typeof node === "number") return markup`${String(node)}`;
  if (node === null || node === undefined || typeof node === "boolean") return markup``;
  if (!isValidElement<Props>(node)) throw new Error("What waits for something cannot be written");
  const { type, props } = node;
  if (type === Fragment) return htmlOf(props.children);
  if (typeof type !== "string") return htmlOf(Reflect.apply(type, undefined, [props]));
  const start = `<${type}${attributes(props).text}>`;
  const end = empty.has(type) ? "" : `</${type}>`;
  return new Markup([start, end], [htmlOf(props.children)]);
}

type Props = { children?: unknown; [name: string]: unknown };

/** Elements without an end. */
const empty = new Set(["br", "hr", "img", "input", "wbr"]);
const names: Record<string, string> = { className: "class", htmlFor: "for" };

function attributes({ children: _, ...props }: Props): Markup {
  return markup`${Object.entries(props).map(([name, value]) => attribute(name, value))}`;
}

const addresses = new Set(["href", "src", "action", "formAction"]);
/** A browser reads past white space, and so React does, who writes no such address either. */
const isScript = (value: string): boolean => /^javascript:/i.test(value.replaceAll(/[\0- ]/g, ""));

function attribute(name: string, value: unknown): Markup {
  if (value === null || value === undefined) return markup``;
  const called = names[name] ?? name;
  const isWord = /^(aria|data)-/.test(name);
  if (typeof value === "boolean" && !isWord) return value ? markup` ${called}=''` : markup``;
  // A handler, a style or a reference: nothing of that is in a string.
  if (typeof value === "function" || typeof value === "object" || typeof value === "symbol")
    throw new Error(`${name} cannot be written`);
  const text = String(value);
  if (addresses.has(name) && isScript(text)) throw new Error(`${name} is a script`);
  return markup` ${called}='${text}'`;
}
