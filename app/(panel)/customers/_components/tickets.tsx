import { Card } from "#components/ui/card.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import type { Subject } from "#lib/directory/queries.ts";
import { givenName } from "../../_words/given-name.ts";

type TicketsProps = {
  subject: Subject;
  actorId: string;
  /** Whether a ticket leads to the start form with itself filled in. */
  linked: boolean;
};

/** Open tickets of one person, the reader's own named as such. */
export function Tickets({ subject, actorId, linked }: TicketsProps) {
  const { openTickets: tickets } = subject;
  return (
    <Card
      title="Open tickets"
      id="tickets"
      aside={<span className="count">{tickets.length}</span>}
      flush
    >
      {tickets.length === 0 ? (
        <p className="in sm soft">
          None of {givenName(subject.name)} is open. They come from the product’s help desk.
        </p>
      ) : (
        <Table caption={`Open tickets of ${subject.name}`}>
          <thead>
            <tr>
              <Th>Ticket</Th>
              <Th>What it is about</Th>
              <Th>Assigned to</Th>
            </tr>
          </thead>
          <tbody>
            {tickets.map((ticket) => (
              <tr key={ticket.reference}>
                <RowHead className="mono nowrap">
                  {linked ? (
                    <PlainLink
                      href={`/customers/${subject.subjectId}/start?ticket=${encodeURIComponent(ticket.reference)}`}
                    >
                      {ticket.reference}
                    </PlainLink>
                  ) : (
                    ticket.reference
                  )}
                </RowHead>
                <td className="wide">{ticket.title}</td>
                <td>{ticket.assigneeId === actorId ? "You" : (ticket.assigneeName ?? "Nobody")}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
