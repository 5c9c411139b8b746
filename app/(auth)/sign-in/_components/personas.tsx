import { Icon } from "#components/ui/icon.tsx";
import type { Persona } from "#lib/staff/queries.ts";
import { dayIn, initials, personaLine, placeAndTime, refusalWords } from "../words.ts";
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
            <SignInNote refused {...refusalWords(props.refused.code, person)} />
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
      <span className={gone ? "av l" : "av l staff"} aria-hidden="true">
        {initials(person.name)}
      </span>
      <span className="who">
        <strong className={gone ? "soft" : undefined}>{person.name}</strong>
        <small>
          {gone
            ? `Deactivated on ${dayIn(person.zone, gone)} · try it: you will be refused`
            : personaLine(person)}
        </small>
      </span>
      <span className="when xs faint">
        {gone ? <Icon name="ban" /> : placeAndTime(person.zone, at)}
      </span>
    </button>
  );
}
