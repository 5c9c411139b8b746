/** What an action does. All but `view` are writes. */
export const effects = [
  "view",
  "data",
  "configuration",
  "message",
  "credential",
  "export",
] as const;
export type Effect = (typeof effects)[number];

export type Scope = "read" | "write";

/** Why the product refused something before it ran. */
export type Why = "scope" | "denied_route" | "undeclared" | "export" | "unreachable";
