import "../policy.css";
import { number } from "#components/time-words.ts";
import type { Effect } from "#lib/policy/preview.ts";

/** What a change of the policy comes to in the directory as it is: “Looking needs an approval: 412 accounts instead of 380.” */
export function Effects({ effects, level }: { effects: readonly Effect[]; level: "h2" | "h3" }) {
  const differ = effects.filter(({ before, after }) => before !== after);
  const Title = level;
  return (
    <div className="stack s">
      <Title className="text-sm font-semibold">In your directory, as it is now</Title>
      {differ.length === 0 ? (
        <p className="sm soft">
          As many accounts and people need an approval as before
          {effects[0] ? `: ${said(effects[0])}` : ""}.
        </p>
      ) : (
        <ul className="sm effects">
          {differ.map((effect) => (
            <li key={`${effect.key} ${effect.of}`}>
              {effect.what}: <strong>{said(effect)}</strong> instead of {number(effect.before)}.
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const said = ({ after, of }: Effect): string =>
  `${number(after)} ${after === 1 ? of.slice(0, -1).replace("people", "person") : of}`;
