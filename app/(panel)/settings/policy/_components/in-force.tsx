import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { fieldWords } from "#lib/policy/field-words.ts";
import type { PolicyField } from "#lib/policy/fields.ts";
import { fieldOf } from "#lib/policy/loosens.ts";
import type { PolicyBody } from "#lib/policy/policy.ts";
import { reachWords, reasonWords, ruleWords } from "#lib/policy/rule-words.ts";
import { saidValue } from "#lib/policy/said-value.ts";
import type { Section } from "../sections.ts";

type InForceProps = { policy: PolicyBody; sections: readonly Section[] };

/** The rules in plain words, section by section. */
export const InForce = ({ policy, sections }: InForceProps) => (
  <div className="policy-sections">
    {sections.map((section) => (
      <Card key={section.id} id={section.id} title={section.title}>
        <div className="stack s">
          <p className="sm soft">{section.lead}</p>
          {section.folded ? (
            <details className="more">
              <summary>All {section.fields.length} of them</summary>
              <Said policy={policy} section={section} />
            </details>
          ) : (
            <Said policy={policy} section={section} />
          )}
        </div>
      </Card>
    ))}
  </div>
);

const Said = ({ policy, section }: { policy: PolicyBody; section: Section }) => (
  <DescriptionList
    items={section.fields.map((field) => [fieldWords[field].name, said(policy, field)])}
  />
);

function said(policy: PolicyBody, field: PolicyField) {
  switch (field) {
    case "approvals.rules":
      return <Lines of={policy.approvals.rules.map(ruleWords)} none="None besides" />;
    case "reach":
      return <Lines of={policy.reach.map(reachWords)} none="Every team for everybody" />;
    case "reasons":
      return <Lines of={policy.reasons.map(reasonWords)} none="None" />;
    default:
      return saidValue(field, fieldOf(policy, field)) || "–";
  }
}

const Lines = ({ of, none }: { of: readonly string[]; none: string }) =>
  of.length === 0 ? (
    none
  ) : (
    <ul className="rules-said">
      {of.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
