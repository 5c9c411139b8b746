"use client";
import { useRef } from "react";
import { withUnit } from "#components/time-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { errorOf, type FormState, typed } from "#lib/platform/form-state.ts";
import type { PartProps } from "./start-form.tsx";

type TicketProps = Pick<PartProps, "answers" | "tickets" | "standing"> & {
  state: FormState;
  given: string;
  onTicket: (ticket: string) => void;
};

/** The ticket, with those at hand: what an approval stands for already, and what is open for the person. */
export function Ticket({ state, answers, tickets, standing, given, onTicket }: TicketProps) {
  const field = useRef<HTMLInputElement>(null);
  const fill = (reference: string) => {
    if (field.current) field.current.value = reference;
    onTicket(reference);
  };
  return (
    <Field name="ticket" label="Ticket" error={errorOf(state, "ticket")}>
      {(wiring) => (
        <>
          <Input
            {...wiring}
            ref={field}
            className="max-w-56"
            spellCheck={false}
            placeholder="SUP-4821"
            defaultValue={typed(state, "ticket", answers.ticket)}
            onInput={(event) => onTicket(event.currentTarget.value)}
          />
          {standing.map((one) => (
            <div key={one.id} className="hint row tight">
              {`Approved by ${one.by} until ${one.until}, ${one.scopes.includes("write") ? "to look or act" : "to look"} for ${withUnit(one.minutes, "min")} at most:`}
              <Button className="fill" onClick={() => fill(one.ticket)}>
                {one.ticket}
              </Button>
            </div>
          ))}
          {tickets.length > 0 && (
            <div className="hint row tight">
              {`Open for ${given}:`}
              {tickets.map((ticket) => (
                <Button
                  key={ticket.reference}
                  className="fill"
                  onClick={() => fill(ticket.reference)}
                >
                  {ticket.reference} {ticket.title}
                  {ticket.whose && <span className="faint"> · {ticket.whose}</span>}
                </Button>
              ))}
            </div>
          )}
        </>
      )}
    </Field>
  );
}
