import { durationInMinutes, withUnit } from "#components/time-words.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import type { Scope } from "#lib/vocabulary.ts";
import { spelled } from "../../../../_components/words.ts";
import { possessive } from "../../../../_words/given-name.ts";
import type { StandingNow } from "../standing-now.ts";
import type { PartProps } from "./start-form.tsx";

type ConsequencesProps = PartProps & {
  given: string;
  scope: Scope;
  minutes: number;
};

/** In words, before anything is sent: what will happen, and what the customer will see. Follows the choices. */
export function Consequences(props: ConsequencesProps) {
  const asks = props.policy.approvals > 0;
  return (
    <aside className="card words" aria-label="What will happen">
      <header>
        <h2>{asks ? "If you send this" : "If you start"}</h2>
      </header>
      <div className="in">
        <Sentences of={asks ? whenAsking(props) : whenStarting(props)} />
        <Sentences of={inTheProduct(props)} />
        {props.looksNow && props.scope === "write" && (
          <Sentences of={[["stop", "Your looking session ends as this one starts."]]} />
        )}
        <h3>What {props.given} will see</h3>
        <Sentences of={forTheCustomer(props)} />
      </div>
    </aside>
  );
}

type Sentence = [icon: IconName, text: string];

const whenAsking = ({ policy, approvers, product, minutes }: ConsequencesProps): Sentence[] => [
  [
    "two",
    `${tellsWhom(approvers.length)} it at once. ${
      policy.approvals === 1 ? "The first answer counts." : "Two must say yes; one no is enough."
    } Without one it lapses after ${durationInMinutes(policy.lapseMinutes * 60)}.`,
  ],
  [
    "clock",
    `After a yes you have ${withUnit(policy.startWithinMinutes, "min")} to start, and then ${withUnit(minutes, "min")} in ${product.name}, or fewer if the approver shortens it. It cannot be prolonged.`,
  ],
];

const tellsWhom = (approvers: number): string => {
  if (approvers === 0) return "Nobody can decide now; managers who come see";
  return approvers === 1 ? "One manager sees" : `${spelled(approvers)} managers see`;
};

const whenStarting = ({ product, minutes, policy }: ConsequencesProps): Sentence[] => [
  ...(policy.covered ? [byStanding(policy.covered)] : []),
  ["open", `${product.name} opens at once, in a session of its own.`],
  [
    "clock",
    `It ends after ${withUnit(minutes, "min")} at most, after ${withUnit(policy.idleMinutes, "min")} without use, or when you end it. It cannot be prolonged.`,
  ],
];

const byStanding = ({ by, ticket, until }: StandingNow): Sentence => [
  "check",
  `Nobody is asked: what ${by} approved for ${ticket} stands until ${until}. Your reason is on record as for each session.`,
];

const inTheProduct = ({ scope, product, given }: ConsequencesProps): Sentence[] => [
  scope === "write"
    ? [
        "pen",
        `You will see ${product.name} as ${given} does, under a red band, and what you change is changed.`,
      ]
    : [
        "eye",
        `You will see ${product.name} as ${given} does, under an amber band. Every change is refused.`,
      ],
  ["list", "Every page you open is on record with your name. Not what is on the page."],
];

const forTheCustomer = ({ scope, product, given }: ConsequencesProps): Sentence[] => [
  scope === "write"
    ? [
        "doc",
        `What you change stands in the history as “${product.name} Support, for ${given}”, never as ${given} alone.`,
      ]
    : ["doc", `Nothing in ${product.name}: looking changes nothing there.`],
  ["out", `${possessive(given)} own session goes on undisturbed.`],
];

function Sentences({ of }: { of: Sentence[] }) {
  return (
    <ul>
      {of.map(([icon, text]) => (
        <li key={text}>
          <Icon name={icon} />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
