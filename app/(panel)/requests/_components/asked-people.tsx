import { StaffDisc } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { withUnit } from "#components/time-words.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { AskedOf, AskedPerson } from "#lib/requests/asked.ts";
import { type Delegate, delegateAt, readDelegates } from "#lib/requests/delegates.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { timesOf } from "../words.ts";
import { RemindForm } from "./remind-form.tsx";

type AskedPeopleProps = { ctx: Ctx<StaffActor>; request: RequestView; asked: AskedOf };

/** Who was asked, and who of them has read it; the actor may remind them. */
export async function AskedPeople({ ctx, request, asked }: AskedPeopleProps) {
  const { people } = asked;
  if (people.length === 0) return null;
  const delegates = await readDelegates(ctx.db, request);
  const left = people.some(({ able }) => able);
  return (
    <section className="deciders" aria-labelledby="asked-people">
      <div className="row between">
        <h3 id="asked-people">Who was asked</h3>
        {left && <RemindForm requestId={request.id} />}
      </div>
      <ul>
        {people.map((one) => (
          // Whose it is, too, is said when it changes.
          <li key={one.id} className="row fix" aria-atomic="true">
            <StaffDisc name={one.name} size="small" />
            <span className="sm wrap-anywhere">
              <strong>{one.name}</strong>{" "}
              <span className="faint">{awayWords(delegates, one, request.at) ?? one.team}</span>
            </span>
            <span className="sm end nowrap">
              <State ctx={ctx} request={request} person={one} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function awayWords(delegates: readonly Delegate[], one: AskedPerson, at: Date): string | null {
  const delegate = delegateAt(delegates, one.id, at);
  return delegate ? `for ${delegate.of}, away` : null;
}

type StateProps = { ctx: Ctx<StaffActor>; request: RequestView; person: AskedPerson };

function State({ ctx, request, person }: StateProps) {
  const time = timesOf(request.at, ctx.actor.zone);
  const vote = request.votes.find(({ by }) => by.id === person.id);
  if (vote) return `Approved ${withUnit(vote.minutes ?? "–", "min")}`;
  if (!person.able) return <span className="faint">Cannot decide any more</span>;
  if (person.openedAt)
    return (
      <>
        Opened it <Time at={person.openedAt} {...time} />
      </>
    );
  return (
    <span className="faint">
      {person.remindedAt ? "Reminded" : "Asked"}{" "}
      <Time at={person.remindedAt ?? person.askedAt} {...time} />
      {person.active ? ", at work" : ""}, not opened yet
    </span>
  );
}
