import { z } from "zod";
import { fieldNames, type PolicyField, policyFields } from "./fields.ts";
import { isRowList, many, one, type RowList, rowFields, rowsIn, type Typed } from "./form-rows.ts";
import { fieldOf } from "./loosens.ts";
import { type PolicyBody, policyBody } from "./policy.ts";

const whoFlags = ["vip", "owner", "optedOut"] as const;
const listed = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,\n]/)
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  ),
];

/** How a field stands in a form. */
export function formOf(body: PolicyBody): Typed {
  const typed: Typed = {};
  for (const field of fieldNames) {
    const value = fieldOf(body, field);
    if (isRowList(field)) Object.assign(typed, rowsOf(body, field));
    else if (field === "rings.fallback") {
      const { name, contact, role } = body.rings.fallback;
      Object.assign(typed, { "rings.fallback.name": name, "rings.fallback.contact": contact });
      typed["rings.fallback.role"] = role ?? "";
    } else if (Array.isArray(value)) typed[field] = value.map(String);
    else typed[field] = value === null ? "" : String(value);
  }
  return typed;
}

function rowsOf(body: PolicyBody, list: RowList): Typed {
  const rows: Record<string, unknown>[] =
    list === "approvals.rules"
      ? body.approvals.rules.map((rule) => ({
          ...rule,
          who: whoFlags.filter((flag) => rule[flag]),
        }))
      : list === "reach"
        ? body.reach.map((rule) => ({
            ...rule,
            regions: rule.regions?.join(", "),
            products: rule.products?.join(", "),
            subjectRoles: rule.subjectRoles?.join(", "),
          }))
        : body.reasons;
  const typed: Typed = { [`${list}.rows`]: rows.map((_, i) => String(i)) };
  rows.forEach((row, i) => {
    for (const field of rowFields[list]) {
      const value = row[field];
      if (value === undefined) continue;
      typed[`${list}.${i}.${field}`] = Array.isArray(value) ? value.map(String) : String(value);
    }
  });
  return typed;
}

/**
 * The policy that a form stands for; what it does not show is as in `base`. Or a sentence for each field that does not
 * read as one.
 */
export function bodyOf(
  typed: Typed,
  base: PolicyBody,
): { ok: true; body: PolicyBody } | { ok: false; fields: Record<string, string> } {
  const body: Record<string, unknown> = structuredClone(base);
  for (const field of fieldNames) {
    const value = valueIn(typed, field, fieldOf(base, field));
    if (value !== undefined) put(body, field, value);
  }
  const parsed = policyBody.safeParse(body);
  if (parsed.success) return { ok: true, body: parsed.data };
  const fields: Record<string, string> = {};
  for (const { path, message, code } of parsed.error.issues)
    fields[nameOf(path, typed)] ??= sentenceOf(code, message);
  return { ok: false, fields };
}

/** What was typed for a field; undefined: the form does not show it. */
function valueIn(typed: Typed, field: PolicyField, was: unknown): unknown {
  if (isRowList(field))
    return Object.hasOwn(typed, `${field}.rows`) || typed[`${field}.shown`] !== undefined
      ? rowsIn(typed, field).map((row) => rowIn(typed, field, row))
      : undefined;
  if (field === "rings.fallback") {
    if (typed["rings.fallback.name"] === undefined) return undefined;
    return {
      name: one(typed["rings.fallback.name"]).trim(),
      contact: one(typed["rings.fallback.contact"]).trim(),
      role: one(typed["rings.fallback.role"]) || null,
    };
  }
  if (field === "workingHours.days")
    return typed[`${field}.shown`] === undefined && typed[field] === undefined
      ? undefined
      : many(typed[field])
          .map(Number)
          .toSorted((a, b) => a - b);
  const given = typed[field];
  if (given === undefined) return undefined;
  const text = one(given).trim();
  if (typeof was === "boolean") return text === "true";
  if (policyFields[field] === "asked") return text === "" ? null : numberIn(text);
  if (policyFields[field] === "set" || field === "terms.date") return text === "" ? null : text;
  return typeof was === "number" ? numberIn(text) : text;
}

const numberIn = (text: string): unknown =>
  /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(",", ".")) : text;

function rowIn(typed: Typed, list: RowList, row: string): Record<string, unknown> {
  const at = (field: string) => typed[`${list}.${row}.${field}`];
  switch (list) {
    case "approvals.rules": {
      const who = many(at("who"));
      const scopes = many(at("scopes"));
      const tiers = many(at("tiers"));
      return {
        ...(tiers.length > 0 ? { tiers } : {}),
        ...(scopes.length > 0 ? { scopes } : {}),
        ...Object.fromEntries(
          whoFlags.filter((flag) => who.includes(flag)).map((flag) => [flag, true]),
        ),
        votes: numberIn(one(at("votes"))),
        by: one(at("by")),
      };
    }
    case "reach": {
      const lists = Object.entries({
        regions: listed(one(at("regions"))),
        tiers: many(at("tiers")),
        products: listed(one(at("products"))),
        subjectRoles: listed(one(at("subjectRoles"))),
      }).filter(([, values]) => values.length > 0);
      return { team: one(at("team")).trim(), ...Object.fromEntries(lists) };
    }
    case "reasons":
      return Object.fromEntries(rowFields.reasons.map((field) => [field, one(at(field)).trim()]));
  }
}

function put(body: Record<string, unknown>, field: string, value: unknown): void {
  const keys = field.split(".");
  const last = keys.pop() ?? "";
  let at: unknown = body;
  for (const key of keys) at = typeof at === "object" && at !== null ? Reflect.get(at, key) : at;
  if (typeof at === "object" && at !== null) Reflect.set(at, last, value);
}

/** The name of the control that a problem belongs to. */
function nameOf(path: readonly PropertyKey[], typed: Typed): string {
  const name = path.map(String).join(".");
  const list = Object.keys(rowFields)
    .filter(isRowList)
    .find((of) => name.startsWith(`${of}.`));
  if (!list) return name;
  const [row = "", field = "team"] = name.slice(list.length + 1).split(".");
  return `${list}.${rowsIn(typed, list)[Number(row)] ?? row}.${field}`;
}

function sentenceOf(code: string | undefined, message: string): string {
  if (code === "too_small" || code === "too_big")
    return `${message
      .replace(/^Too (small|big): expected \w+ to/, "Must")
      .replace("<=", "at most ")
      .replace(">=", "at least ")}.`;
  if (code === "invalid_type" || code === "invalid_value")
    return "Choose or write one that can be.";
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

/** Of everything typed only what was changed since the form was made; the rest follows what is in force by now. */
export function changedSince(typed: PolicyBody, seen: PolicyBody, now: PolicyBody): PolicyBody {
  const merged: Record<string, unknown> = structuredClone(typed);
  for (const field of fieldNames)
    if (JSON.stringify(fieldOf(typed, field)) === JSON.stringify(fieldOf(seen, field)))
      put(merged, field, structuredClone(fieldOf(now, field)));
  return policyBody.parse(merged);
}

/** The form as it comes: texts by name, none of them long. */
export const policyFormSchema = z.record(
  z.string().max(100),
  z.union([z.string().max(2000), z.array(z.string().max(2000)).max(300)]),
);
