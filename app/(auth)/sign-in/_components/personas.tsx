import { StaffDisc, SubjectDisc } from "#components/people.tsx";
import { dayOnly } from "#components/time-words.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { Persona } from "#lib/staff/queries.ts";
import { personaLine, placeAndTime, refusalWords } from "../words.ts";
import { SignInNote } from "./sign-in-note.tsx";

type Refused = { code: string; personId: string };

/** The people of the demo, one button each. Plain forms: they work by keyboard and without script. */
export function Personas(props: {
  people: Persona[];
  from: string;
  refused: Refused | null;
  at: Date;
}) {
  return (
    <ul className="card personas">
      {props.people.map((person) => (
        <li key={person.id}>
          <form method="post" action="/sign-in/persona">
            <input type="hidden" name="staffId" value={person.id} />
            <input type="hidden" name="from" value={props.from} />
            <PersonaButton person={person} at={props.at} />
          </form>
          {props.refused?.personId === person.id && (
            <SignInNote refused {...refusalWords(props.refused.code, person, props.at)} />
          )}
        </li>
      ))}
    </ul>
  );
}

function PersonaButton({ person, at }: { person: Persona; at: Date }) {
  const gone = person.deactivatedAt;
  return (
    <button type="submit" className="persona">
      {gone ? (
        <SubjectDisc name={person.name} size="large" />
      ) : (
        <StaffDisc name={person.name} size="large" />
      )}
      <span className="who">
        <strong className={gone ? "soft" : undefined}>{person.name}</strong>
        <small>
          {gone
            ? `Deactivated on ${dayOnly(gone, at, person.zone)} · try it: you will be refused`
            : personaLine(person)}
        </small>
      </span>
      <span className="when xs faint">
        {gone ? <Icon name="ban" /> : placeAndTime(person.zone, at)}
      </span>
    </button>
  );
}
