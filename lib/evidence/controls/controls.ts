/** The controls of which a population is shown, by their names in SOC 2 (the trust services criteria). */
export const controlIds = ["CC6.1", "CC6.2", "CC6.3", "CC7.2", "CC7.3"] as const;
export type ControlId = (typeof controlIds)[number];

export type Control = {
  title: string;
  /** Annex A of ISO 27001:2022. */
  iso: readonly string[];
  /** What the population is, as one would ask the database in words. */
  query: string;
  /** What makes a line an exception. */
  exceptions: readonly string[];
};

export const controls: Record<ControlId, Control> = {
  "CC6.1": {
    title: "Access only by a granted request",
    iso: ["A.5.18", "A.8.15"],
    query:
      "Every impersonation session that started in the period, with the request that was granted for it.",
    exceptions: [
      "ended by force: somebody was withdrawn, an account became stricter, all was stopped, or a code came twice",
      "no ticket where the policy of that day wants one",
      "fewer approvals than it needed",
      "break-glass: it started without the approval that was wanted, and whether somebody has reviewed it",
      "the actor held no role of agent when it started",
      "acting by an agent who may only look",
    ],
  },
  "CC6.2": {
    title: "Roles given by somebody with authority",
    iso: ["A.5.18"],
    query: "Every grant of a role made in the period, whoever has it now.",
    exceptions: [
      "no giver on record",
      "given by the holder themselves",
      "the giver held no role of admin then",
      "given to somebody who was deactivated",
    ],
  },
  "CC6.3": {
    title: "Access changed and taken away",
    iso: ["A.5.18"],
    query:
      "Every role taken away, person deactivated, let in again or changed, and every decision of a review to change or revoke, of the period.",
    exceptions: [
      "a role still held by a deactivated person a day after",
      "a role taken later than a day after the deactivation",
      "nobody on record who took it",
      "a review’s decision that is not done and proved",
    ],
  },
  "CC7.2": {
    title: "Unusual access found",
    iso: ["A.8.16"],
    query: "Every finding that was raised in the period, whatever became of it.",
    exceptions: ["open after its day"],
  },
  "CC7.3": {
    title: "Findings disposed of",
    iso: ["A.8.16"],
    query: "Every finding that was disposed of in the period: explained, coaching or incident.",
    exceptions: ["disposed of after its day", "without a note that says why"],
  },
};
