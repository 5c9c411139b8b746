import { withUnit } from "#components/time-words.ts";
import { givenName } from "../../_words/given-name.ts";
import type { DecisionAsk } from "./decision-ask.ts";

/** What a yes means, in a sentence, before it is pressed. */
export function IfApproved({ ask, minutes }: { ask: DecisionAsk; minutes: number }) {
  const given = givenName(ask.actor);
  const { stands } = ask;
  return (
    <p className="sm soft">
      If you approve, {given} may{" "}
      <strong>{ask.scope === "write" ? "look and change" : "look but change nothing"}</strong> as{" "}
      {givenName(ask.subject)} for at most {withUnit(minutes, "min")}, starting within{" "}
      {withUnit(ask.startWithin, "min")} from now{ask.more && `, once ${ask.more} has approved too`}
      .{" "}
      {stands && (
        <strong>
          For {withUnit(stands.hours, "h")} {given} may then start again for {stands.account} and{" "}
          <span className="nowrap">{stands.ticket}</span> without asking.{" "}
        </strong>
      )}
      Your name goes into the audit log.
    </p>
  );
}
