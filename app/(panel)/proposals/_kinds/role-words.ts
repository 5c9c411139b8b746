import type { Proposal } from "#lib/proposals/queries.ts";
import { type ProposedOfStaff, proposedOfStaff, togetherWith } from "#lib/roster/proposed.ts";
import { type Role, roles } from "#lib/vocabulary.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { listed } from "../../_components/words.ts";
import type { Change } from "./kind.ts";
import { plainChanges } from "./plain-changes.ts";

const named = (text: string): string => {
  const [word, ...rest] = text.split(", ");
  const role = roles.find((one): one is Role => one === word);
  return [role ? roleWords[role].name : word, ...rest].join(", ");
};

/** With whom an account is one person, as one reads it: “Ana Roth (ana@example.com)”. */
const together = (before: unknown): string =>
  listed(
    togetherWith.safeParse(before).data?.with.map((one) => `${one.name} (${one.email})`) ?? [],
  );

const namesIn = (before: unknown): string =>
  listed(togetherWith.safeParse(before).data?.with.map(({ name }) => name) ?? []);

const rolesIn = (value: unknown): string => {
  const held = proposedOfStaff(value);
  return held?.of === "admin" ? held.roles.map(named).join("; ") : "";
};

export function staffChanges(proposal: Proposal): Change[] {
  const { before, after } = proposal;
  const wanted = proposedOfStaff(after);
  switch (wanted?.of) {
    case "group":
      return [{ what: "Role of its members", before: "", after: roleWords[wanted.role].name }];
    case "admin":
      return [
        { what: "Roles", before: rolesIn(before), after: wanted.roles.map(named).join("; ") },
      ];
    case "person":
      return [
        {
          what: "Who it is",
          before: `One person with ${together(before)}`,
          after: "A person of its own",
        },
      ];
    case "status":
      return [{ what: "Standing", before: "Suspended", after: "Active, with the roles held" }];
    default:
      return plainChanges(proposal);
  }
}

/** What would be so, as the end of a sentence: “Ian becomes an admin”. */
export function staffWould({ staffName, after }: Pick<Proposal, "staffName" | "after">): string {
  const wanted = proposedOfStaff(after);
  const name = staffName ?? "somebody";
  return wanted ? would[wanted.of](name) : `${name} is changed`;
}

const would: Record<ProposedOfStaff["of"], (name: string) => string> = {
  group: () => "a group gives a role",
  admin: (name) => `${name} becomes an admin`,
  person: (name) => `this account of ${name} is a person of its own`,
  status: (name) => `${name} is let in again`,
};

/** What a yes means, in a sentence. */
export function staffMeans({ staffName, after, before }: Proposal): string {
  const wanted = proposedOfStaff(after);
  const name = staffName ?? "somebody";
  switch (wanted?.of) {
    case "group":
      return `whoever is in “${wanted.group}” gets the role at their next sign-in.`;
    case "person":
      return `${name} and ${namesIn(before)} count as different people at once: they may decide on each other’s requests, and each has a vote. What was decided before stays as it is.`;
    case "status":
      return `${name} can sign in at once, and is an admin as before: they see everything, change settings and give roles.`;
    default:
      return `${name} is an admin at once: they see everything, change settings and give roles.`;
  }
}
