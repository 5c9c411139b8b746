import { Fragment, isValidElement, type ReactNode } from "react";
import { asText } from "./charts/markup.ts";

/*
 * What only shows is written by this, and handed to React as one string: it costs a tenth of the same as elements, which
 * are rendered, sent and read twice, as HTML and as data.
 */

/** HTML of server components that wait for nothing. @throws at anything that lives on in the browser, or waits. */
export function written(node: ReactNode): string {
  return htmlOf(node);
}

function htmlOf(node: unknown): string {
  if (typeof node === "string") return asText(node);
  if (typeof node === "number") return String(node);
  if (node === null || node === undefined || typeof node === "boolean") return "";
  if (Array.isArray(node)) return allOf(node, htmlOf);
  if (!isValidElement<Props>(node)) throw new Error("What waits for something cannot be written");
  const { type, props } = node;
  if (type === Fragment) return htmlOf(props.children);
  if (typeof type !== "string") return htmlOf(Reflect.apply(type, undefined, [props]));
  const start = `<${type}${allOf(Object.keys(props), (name) => attribute(name, props[name]))}>`;
  return empty.has(type) ? start : `${start}${htmlOf(props.children)}</${type}>`;
}

/** Grows one string: a list that is joined costs as much again. */
function allOf<T>(many: readonly T[], write: (one: T) => string): string {
  let all = "";
  for (const one of many) all += write(one);
  return all;
}

type Props = { children?: unknown; [name: string]: unknown };

/** Elements without an end. */
const empty = new Set(["br", "hr", "img", "input", "wbr"]);
const names: Record<string, string> = { className: "class", htmlFor: "for" };

const addresses = new Set(["href", "src", "action", "formAction"]);
/** A browser reads past white space, and so React does, who writes no such address either. */
const isScript = (value: string): boolean => /^javascript:/i.test(value.replaceAll(/[\0- ]/g, ""));

function attribute(name: string, value: unknown): string {
  if (name === "children" || value === null || value === undefined) return "";
  const called = names[name] ?? name;
  if (typeof value === "boolean" && !isWord(name)) return value ? ` ${called}=''` : "";
  // A handler, a style or a reference: nothing of that is in a string.
  if (typeof value === "function" || typeof value === "object" || typeof value === "symbol")
    throw new Error(`${name} cannot be written`);
  const text = String(value);
  if (addresses.has(name) && isScript(text)) throw new Error(`${name} is a script`);
  return ` ${called}='${asText(text)}'`;
}

const isWord = (name: string): boolean => name.startsWith("aria-") || name.startsWith("data-");
