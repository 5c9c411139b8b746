import { withUnit } from "#components/time-words.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { listed } from "../../../../_components/words.ts";
import type { GlassFormProps } from "./glass-form.tsx";

/** In words, before anything is typed: who is told, what one may do, and what comes after. In inverse ink: it is grave. */
export function WhatHappens(props: GlassFormProps) {
  return (
    <section className="grave" aria-labelledby="what-happens">
      <h2 id="what-happens">
        <Icon name="bolt" /> What happens at once, and what comes after
      </h2>
      <ul>
        {sentences(props).map(([icon, text]) => (
          <li key={text}>
            <Icon name={icon} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const sentences = (props: GlassFormProps): [IconName, string][] => [
  ["two", toldWhom(props)],
  [
    "clock",
    `${props.product} opens for ${withUnit(props.rules.minutes, "min")} at most${props.rules.write ? "" : ", for looking only"}. It cannot be prolonged.`,
  ],
  ["eye", "The band says all the while that nobody approved; so do the log and the live list."],
  [
    "check",
    `One of them reviews it, by ${props.reviewBy} at the latest. Until then you cannot break the glass again.`,
  ],
  ["doc", "It is a finding, and counts in your access review."],
];

function toldWhom({ told }: GlassFormProps): string {
  if (told.length === 0) return "Nobody else could approve now, so nobody is told but the log.";
  const all =
    told.length > 4 ? `${told.slice(0, 3).join(", ")} and ${told.length - 3} more` : listed(told);
  return `${all} ${told.length === 1 ? "is" : "are"} told at once, in every channel, with your reason.`;
}
