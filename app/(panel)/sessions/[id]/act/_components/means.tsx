import { durationInMinutes, withUnit } from "#components/time-words.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { spelled } from "../../../../_components/words.ts";
import type { StandingNow } from "../../../../customers/[id]/start/standing-now.ts";
import type { ActFormProps } from "./act-form.tsx";

type MeansProps = ActFormProps & {
  given: string;
  minutes: number;
  /** Whether somebody is asked first. */
  asks: boolean;
  covered: StandingNow | undefined;
};

/** In words, before anything is sent: what acting means, and when looking ends. */
export function Means(props: MeansProps) {
  return (
    <aside className="card words" aria-label="What acting means">
      <header>
        <h2>{props.asks ? "If you send this" : "If you start"}</h2>
      </header>
      <div className="in">
        <ul>
          {[...(props.asks ? whenAsking(props) : whenStarting(props)), ...whileActing(props)].map(
            ([icon, text]) => (
              <li key={text}>
                <Icon name={icon} />
                <span>{text}</span>
              </li>
            ),
          )}
        </ul>
      </div>
    </aside>
  );
}

type Sentence = [icon: IconName, text: string];

const whenAsking = ({ approvers, approvals, policy, minutes }: MeansProps): Sentence[] => [
  [
    "two",
    `${
      approvers === 0
        ? "Nobody can decide now; managers who come see it"
        : approvers === 1
          ? "One manager sees it at once"
          : `${spelled(approvers)} managers see it at once`
    }. ${approvals === 1 ? "The first answer counts." : "Two must say yes; one no is enough."}`,
  ],
  [
    "eye",
    `You go on looking until you start acting; after ${durationInMinutes(policy.lapseMinutes * 60)} without an answer the request lapses.`,
  ],
  [
    "clock",
    `After a yes you have ${withUnit(policy.startWithinMinutes, "min")} to start, and then ${withUnit(minutes, "min")}, or fewer if the approver shortens it.`,
  ],
];

const whenStarting = ({ covered, product, policy, minutes }: MeansProps): Sentence[] => [
  ...(covered
    ? [
        [
          "check",
          `Nobody is asked: what ${covered.by} approved for ${covered.ticket} stands until ${covered.until}.`,
        ] satisfies Sentence,
      ]
    : []),
  ["open", `${product.name} comes back at the page you were on. Your looking session ends.`],
  [
    "clock",
    `Acting ends after ${withUnit(minutes, "min")} at most, after ${withUnit(policy.idleMinutes, "min")} without use, or when you end it. “Just look” in the band leads back to looking.`,
  ],
];

const whileActing = ({ product, given, policy }: MeansProps): Sentence[] => [
  ["pen", `Under a red band: what you change is changed, and is on record before it happens.`],
  [
    "doc",
    `It stands in the history as “${product.name} Support, for ${given}”, never as ${given} alone.`,
  ],
  [
    "ban",
    `Never: password, e-mail, API keys, invitations${policy.exportsInWrite ? "" : ", exports"}.`,
  ],
];
