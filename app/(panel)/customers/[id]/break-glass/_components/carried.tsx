"use client";
import { type RefObject, useEffect } from "react";
import { keepHere, keptHere } from "#components/kept-here.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";

/** What is typed in one form and goes on in the other; forgotten once it has been taken. */
const carriedNames = ["reason", "ticket", "reasonCategory", "callerCheck"];
const nameOf = (subjectId: string) => `break-glass ${subjectId}`;

/** From the start form: what was typed there comes along, where there is script. */
export function CannotWait({ subjectId }: { subjectId: string }) {
  return (
    <PlainLink
      className={buttonClass({ variant: "quiet", size: "large" })}
      href={`/customers/${subjectId}/break-glass`}
      onClick={(event) => {
        const form = event.currentTarget.closest("form");
        if (!form) return;
        const said = [...new FormData(form)].filter(
          ([name, value]) => carriedNames.includes(name) && value !== "",
        );
        keepHere(nameOf(subjectId), JSON.stringify(Object.fromEntries(said)));
      }}
    >
      <Icon name="bolt" />
      It cannot wait…
    </PlainLink>
  );
}

type CarriedProps = {
  subjectId: string;
  form: RefObject<HTMLFormElement | null>;
  /** Whether nothing was sent yet. */
  untouched: boolean;
};

/** Fills in what was brought along, once. */
export function Carried({ subjectId, form, untouched }: CarriedProps) {
  useEffect(() => {
    const text = untouched ? keptHere(nameOf(subjectId)) : null;
    if (!text || !form.current) return;
    keepHere(nameOf(subjectId), "");
    for (const [name, value] of Object.entries(JSON.parse(text)))
      fill(form.current, name, String(value));
  }, [subjectId, form, untouched]);
  return null;
}

function fill(form: HTMLFormElement, name: string, value: string) {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    `[name="${CSS.escape(name)}"]`,
  ))
    if (field instanceof HTMLInputElement && field.type === "radio") {
      if (field.value === value) field.click();
    } else {
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
}
