import { wantedOfYou } from "#lib/policy/requirement-words.ts";
import type { Requirement } from "#lib/policy/requirements.ts";

type Approver = { name: string; atWork: boolean };

/** "One manager must approve", "Two managers must approve". */
export const approvalTitle = (approvals: number): string =>
  approvals === 1 ? "One manager must approve" : "Two managers must approve";

/** The same by the rules: "Your own manager and somebody of compliance must approve". */
export const wantedTitle = (wanted: readonly Requirement[]): string => {
  const [only, ...more] = wanted;
  if (only?.by === "manager" && more.length === 0) return approvalTitle(only.votes);
  return `${capital(wantedOfYou(wanted))} must approve`;
};

const numbers = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

/** "Two", "Nine", "12": how a sentence begins with a number. */
export const spelled = (n: number): string => numbers[n] ?? String(n);

/** A sentence or a label begins with a capital. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "Runa Castellane", "Runa Castellane and Ansel Dray", "A, B and C". */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** Who can give the approval, and who of them is there: "Runa Castellane and Ansel Dray can; both are at work." */
export function whoCan(approvers: readonly Approver[]): string {
  if (approvers.length === 0) return "Nobody can give it now: no other manager is active.";
  return `${few(approvers)} can; ${whoIsThere(approvers)}.`;
}

/** Three by name, and how many more. */
const few = (people: readonly Approver[]): string =>
  people.length < 5
    ? listed(people.map(({ name }) => name))
    : listed([...people.slice(0, 3).map(({ name }) => name), `${people.length - 3} others`]);

function whoIsThere(approvers: readonly Approver[]): string {
  const there = approvers.filter((one) => one.atWork);
  if (there.length === 0)
    return approvers.length === 1 ? "not at work now" : "nobody is at work now";
  if (there.length < approvers.length)
    return `${few(there)} ${there.length === 1 ? "is" : "are"} at work`;
  if (there.length === 1) return "at work now";
  return there.length === 2 ? "both are at work" : "all are at work";
}
