import { ticketWords } from "#lib/policy/rule-words.ts";
import { lawfulBases, reasonCategories, tiers } from "#lib/vocabulary.ts";
import { basisWords } from "#lib/vocabulary-labels.ts";
import { tierWords } from "../../../_words/began.ts";
import type { Values } from "./form-values.ts";
import { Any, Choose, Rows, Words } from "./rows.tsx";

const tierChoices = tiers.map((tier) => [tier, tierWords[tier]] as const);

/** Approval rules: every one that fits an ask must be met. */
export const RuleRows = ({ values }: { values: Values }) => (
  <Rows list="approvals.rules" what="Rule" of="of approval" none="No rule besides." values={values}>
    {(at) => (
      <>
        <Choose
          name={at("votes")}
          label="Votes"
          values={values}
          of={[
            ["1", "1 vote"],
            ["2", "2 votes"],
          ]}
        />
        <Choose
          name={at("by")}
          label="By whom"
          values={values}
          of={[
            ["manager", "Any manager"],
            ["own_manager", "The agent’s own manager"],
            ["compliance", "Compliance"],
          ]}
        />
        <Any
          name={at("scopes")}
          label="For looking or acting; none is both"
          values={values}
          of={[
            ["read", "Looking"],
            ["write", "Acting"],
          ]}
        />
        <Any
          name={at("tiers")}
          label="Tiers of accounts; none is all"
          values={values}
          of={tierChoices}
        />
        <Any
          name={at("who")}
          label="Only where all of these are so"
          values={values}
          of={[
            ["vip", "A VIP"],
            ["owner", "The owner"],
            ["optedOut", "Opted out"],
          ]}
        />
      </>
    )}
  </Rows>
);

/** Which team may stand in for whom. */
export const ReachRows = ({ values }: { values: Values }) => (
  <Rows
    list="reach"
    what="Rule"
    of="of reach"
    none="Every team may stand in for everybody."
    values={values}
  >
    {(at) => (
      <>
        <Words name={at("team")} label="Team" values={values} after="As on the Staff page." />
        <Words
          name={at("regions")}
          label="Regions"
          values={values}
          after="With commas between them; nothing is every region."
        />
        <Any name={at("tiers")} label="Tiers; none is all" values={values} of={tierChoices} />
        <Words
          name={at("products")}
          label="Products"
          values={values}
          after="Their client ids; nothing is every product."
        />
        <Words
          name={at("subjectRoles")}
          label="Roles in their account"
          values={values}
          after="As the product names them; nothing is every role."
        />
      </>
    )}
  </Rows>
);

/** The reasons with their lawful basis. */
export const ReasonRows = ({ values }: { values: Values }) => (
  <Rows
    list="reasons"
    what="Reason"
    of="to stand in"
    none="Without a reason nobody can ask."
    values={values}
  >
    {(at) => (
      <>
        <Choose
          name={at("category")}
          label="Category"
          values={values}
          of={reasonCategories.map(
            (category) => [category, category.replaceAll("_", " ")] as const,
          )}
          after="As the audit log names it."
        />
        <Words name={at("label")} label="What an agent reads" values={values} />
        <Words name={at("hint")} label="Its hint" values={values} />
        <Choose
          name={at("basis")}
          label="Lawful basis"
          values={values}
          of={lawfulBases.map((basis) => [basis, basisWords[basis]] as const)}
        />
        <Choose
          name={at("ticket")}
          label="Ticket"
          values={values}
          of={[
            ["required", ticketWords.required],
            ["optional", ticketWords.optional],
          ]}
        />
      </>
    )}
  </Rows>
);
