import { proposedMapping, proposedRoles } from "#lib/roster/schemas.ts";
import { type Role, roles } from "#lib/vocabulary.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import type { Kind } from "./kind.ts";
import { decideRole } from "./role-actions.ts";

const nameOf = (text: string): string => {
  const [word, ...rest] = text.split(", ");
  const role = roles.find((one): one is Role => one === word);
  return [role ? roleWords[role].name : word, ...rest].join(", ");
};
const words = (value: unknown): string => {
  const of = proposedRoles.safeParse(value);
  if (of.success) return of.data.roles.map(nameOf).join("; ");
  const by = proposedMapping.safeParse(value);
  return by.success && by.data.role ? roleWords[by.data.role].name : "";
};
const groupIn = (value: unknown): string | null =>
  proposedMapping.safeParse(value).data?.group ?? null;

/** Somebody becomes an admin, or a group of the issuer gives a privileged role. */
export const roleKind: Kind = {
  name: "Roles",
  title: ({ staffName, after }) => staffName ?? `The group “${groupIn(after) ?? "–"}”`,
  changes: ({ before, after }) => [
    {
      what: groupIn(after) ? "Role of its members" : "Roles",
      before: words(before),
      after: words(after),
    },
  ],
  means: ({ staffName, after }) =>
    staffName
      ? `${staffName} is an admin at once: they see everything, change settings and give roles.`
      : `whoever is in “${groupIn(after) ?? "–"}” gets the role at their next sign-in.`,
  place: ({ staffId, staffName }) =>
    staffId
      ? { href: `/settings/staff/${staffId}`, label: staffName ?? "The person" }
      : { href: "/settings/staff/groups", label: "Groups of the sign-on" },
  decide: decideRole,
};
