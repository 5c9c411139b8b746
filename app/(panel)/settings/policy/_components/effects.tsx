import "../policy.css";
import { number } from "#components/time-words.ts";
import type { Effect } from "#lib/policy/preview.ts";

/** What a change of the policy comes to in the directory as it is: “Looking needs an approval: 412 accounts instead of 380.” */
export function Effects({ effects }: { effects: readonly Effect[] }) {
  const differ = effects.filter(({ before, after }) => before !== after);
  if (differ.length === 0)
    return (
      <p className="sm soft">
        As many accounts and people need an approval as before
        {effects[0] ? `: ${said(effects[0])}` : ""}.
      </p>
    );
  return (
    <ul className="sm effects">
      {differ.map((effect) => (
        <li key={`${effect.key} ${effect.of}`}>
          {effect.what}: <strong>{said(effect)}</strong> instead of {number(effect.before)}.
        </li>
      ))}
    </ul>
  );
}

const said = ({ after, of }: Effect): string =>
  `${number(after)} ${after === 1 ? of.slice(0, -1).replace("people", "person") : of}`;
