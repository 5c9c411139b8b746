import { Time } from "#components/time.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { RowHead, Table, Th, Tr } from "#components/ui/table.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Absence } from "#lib/requests/delegations.ts";
import { BackForm } from "./back-form.tsx";

type AbsencesProps = { absences: readonly Absence[]; now: Date; reader: StaffActor };

/** Absences, the latest first, each with the way to end it as long as it is not over. */
export function Absences({ absences, now, reader }: AbsencesProps) {
  const named = ({ id, name }: { id: string; name: string }) => (id === reader.id ? "You" : name);
  const day = (at: Date) => <Time at={at} now={now} zone={reader.zone} style="day" />;
  return (
    <Table caption="Absences" twoLines>
      <thead>
        <tr>
          <Th>Who</Th>
          <Th>Days</Th>
          <Th>Meanwhile</Th>
          <Th hidden>End it</Th>
        </tr>
      </thead>
      <tbody>
        {absences.map((absence) => (
          <Tr key={absence.id} off={!absence.isOpen}>
            <RowHead className="wide">
              <span className="who">
                <span className="row tight">
                  {named(absence.from)} {absence.isNow && <Mark icon="clock">Away now</Mark>}
                </span>
                <small className="wrap-anywhere">{absence.reason}</small>
              </span>
            </RowHead>
            <td>
              <span className="who">
                <span>
                  {day(absence.startsAt)} – {day(new Date(absence.endsAt.getTime() - 1))}
                </span>
                {absence.endedAt && <small>ended {day(absence.endedAt)}</small>}
              </span>
            </td>
            <td>
              {absence.to
                ? `${named(absence.to)} ${absence.to.id === reader.id ? "decide" : "decides"}`
                : "Other managers decide"}
            </td>
            <td>
              {absence.isOpen && (
                <BackForm delegationId={absence.id} of={`${named(absence.from)}`} />
              )}
            </td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
