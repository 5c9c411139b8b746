import { fieldWords } from "./field-words.ts";
import { type PolicyField, policyFields } from "./fields.ts";

const yesNo: Partial<Record<PolicyField, [yes: string, no: string]>> = {
  "breakGlass.allowed": ["allowed", "not allowed"],
  "breakGlass.write": ["allowed", "looking only"],
  exportsInWrite: ["allowed", "refused"],
  approveInSlack: ["allowed, but for the most sensitive", "denying only"],
};

const words: Partial<Record<PolicyField, Record<string, string>>> = {
  "terms.missing": { allow: "nothing", approval: "an approval is needed", refuse: "refused" },
  becomesSensitive: { end: "the session ends", ask: "it ends, and is asked for anew" },
  "reviews.undecided": { revoke: "is taken", exception: "is excepted for a time" },
};

/** What a field may be, with what each is called; null: no list of values. */
export function choicesOf(field: PolicyField): [value: string, name: string][] | null {
  const listed = words[field];
  if (listed) return Object.entries(listed);
  const tighter = policyFields[field];
  if (tighter !== "true" && tighter !== "false") return null;
  return [
    ["true", saidValue(field, true)],
    ["false", saidValue(field, false)],
  ];
}

const days = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** A value of a field as people say it: “15 min”, “not allowed”, “not asked for”. */
export function saidValue(field: PolicyField, value: unknown): string {
  if (value === null) return field.startsWith("freshSignIn.") ? "not asked for" : "not said";
  if (typeof value === "boolean") {
    const [yes, no] = yesNo[field] ?? ["yes", "no"];
    return value ? yes : no;
  }
  if (typeof value === "number") return saidNumber(field, value);
  if (typeof value === "string") return words[field]?.[value] ?? value;
  if (Array.isArray(value)) return value.map((day) => days[Number(day)] ?? day).join(", ");
  if (typeof value !== "object") return "";
  const { name, contact, role }: Record<string, unknown> = { ...value };
  return [name, contact, role && `role ${role}`].filter(Boolean).join(", ");
}

/** Whole hours and minutes as such: "4 h", not "240 min"; an hour or a minute alone stays as it is compared: "60 min". */
const inLarger = (value: number, unit: string, larger: string): string =>
  value > 60 && value % 60 === 0 ? `${value / 60} ${larger}` : `${value} ${unit}`;

function saidNumber(field: PolicyField, value: number): string {
  if (field === "standing.maxHours" && value === 0) return "none";
  switch (fieldWords[field].unit) {
    case "min":
      return inLarger(value, "min", "h");
    case "s":
      return inLarger(value, "s", "min");
    case "h":
      return `${value} h`;
    case "days":
      return value === 1 ? "1 day" : `${value} days`;
    case "hours":
      return `${String(value).padStart(2, "0")}:00`;
    case "times":
      return `${value} times`;
    case "share":
      return `${Number((value * 100).toFixed(4))} %`;
    default:
      return String(value);
  }
}
