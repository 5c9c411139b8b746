"use client";
import { useEffect, useRef, useState } from "react";
import { keepHere, keptHere } from "#components/kept-here.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { ModKbd } from "#components/ui/kbd.tsx";
import { TextArea } from "#components/ui/text-area.tsx";

type TicketNoteProps = {
  sessionId: string;
  /** In plain text, as it is pasted. */
  summary: string;
  /** The actor writes what they found above it; whoever else reads the session takes the summary alone. */
  own: boolean;
};

/**
 * What goes into the ticket: the actor's own words, then the summary, copied as one text. What is typed leaves this tab by the
 * copy alone: a reload keeps it, and the end of the sign-in forgets it. Without script or permission the summary can be marked and copied as any text.
 */
export function TicketNote({ sessionId, summary, own }: TicketNoteProps) {
  const found = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const [said, setSaid] = useState("");
  const words = () => found.current?.querySelector("textarea");
  const place = `note ${sessionId}`;

  useEffect(() => {
    const field = found.current?.querySelector("textarea");
    if (field && !field.value) field.value = keptHere(place) ?? "";
  }, [place]);

  // Whoever comes for the note can type at once.
  useEffect(() => {
    if (location.hash === "#note")
      (found.current?.querySelector("textarea") ?? text.current)?.focus();
  }, []);

  const copy = async () => {
    const typed = words()?.value.trim();
    try {
      await navigator.clipboard.writeText(typed ? `${typed}\n\n${summary}` : summary);
      setSaid("Copied");
    } catch {
      text.current?.select();
      setSaid("Your browser did not let us copy: the summary is marked");
    }
  };
  return (
    <div className="stack s">
      {own && (
        <div ref={found}>
          <Field
            small
            name="found"
            label="What you found"
            hint="In your own words, copied above the summary. Kept in this tab until you sign out."
          >
            {(wiring) => (
              <TextArea
                {...wiring}
                className="min-h-16"
                onInput={({ currentTarget }) => keepHere(place, currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void copy();
                }}
              />
            )}
          </Field>
        </div>
      )}
      <textarea
        ref={text}
        className="summary"
        aria-label="Summary"
        readOnly
        spellCheck={false}
        rows={summary.split("\n").length + 1}
        value={summary}
      />
      <p className="row">
        <Button onClick={copy}>{own ? "Copy for the ticket" : "Copy"}</Button>
        <span role="status" className="xs faint">
          {said}
        </span>
        {own && (
          <span className="keys end">
            <span>
              <ModKbd>↵</ModKbd> copies
            </span>
          </span>
        )}
      </p>
    </div>
  );
}
