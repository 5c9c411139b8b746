import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import type { Person } from "#lib/staff/people.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { listed } from "../../../_components/words.ts";

/** The same as the form, to who may not change it. */
export function Details({ person }: { person: Person }) {
  const { team, managerName, zone, roles, lookingOnly, kind } = person;
  return (
    <Card title="Who they are, what they may do" id="who">
      <DescriptionList
        items={[
          ["Team", team],
          ["Reports to", managerName ?? "Nobody"],
          ["Time zone", zone],
          ["Kind of account", kind === "service" ? "Service account" : null],
          ["Roles", listed(roles.map((role) => roleWords[role].name)) || "None: cannot sign in"],
          ["As an agent", lookingOnly ? "Looking only" : null],
        ]}
      />
    </Card>
  );
}
