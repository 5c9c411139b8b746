import type { ApproverKind } from "#lib/vocabulary.ts";
import type { Requirement } from "./requirements.ts";

const one: Record<ApproverKind, string> = {
  own_manager: "the agent’s own manager",
  manager: "a manager",
  compliance: "somebody of compliance",
};
const two: Record<ApproverKind, string> = {
  own_manager: one.own_manager,
  manager: "two managers",
  compliance: "two of compliance",
};

/** "the agent’s own manager", "two managers". */
export const requirementWords = ({ by, votes }: Requirement): string =>
  votes > 1 ? two[by] : one[by];

/** "a manager", "the agent’s own manager and somebody of compliance"; of no requirement: "nobody". */
export function wantedWords(wanted: readonly Requirement[]): string {
  const words = wanted.map(requirementWords);
  if (words.length < 2) return words[0] ?? "nobody";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** The same to the agent who asks: "your own manager". */
export const wantedOfYou = (wanted: readonly Requirement[]): string =>
  wantedWords(wanted).replace(one.own_manager, "your own manager");
