import { Note } from "#components/ui/note.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { Typed } from "./typed.ts";

/** Asks whom a typed name means, or says that it means nobody. */
export function Which({ typed, hrefOf }: { typed: Typed; hrefOf: (id: string) => string }) {
  if (typed.choices.length === 0)
    return (
      <Note icon="search" title={`${nobody[typed.field]} matches “${typed.text}”`}>
        Try {parts[typed.field]}.
        {typed.field !== "whose" && " The list below is not filtered by it."}
      </Note>
    );
  return (
    <Note icon="search" title={`${which[typed.field]} do you mean by “${typed.text}”?`}>
      <ul className="stack s sm pt-1">
        {typed.choices.map(({ id, name, second }) => (
          <li key={id}>
            <PlainLink href={hrefOf(id)}>{name}</PlainLink> <span className="faint">{second}</span>
          </li>
        ))}
      </ul>
    </Note>
  );
}

const which: Record<Typed["field"], string> = {
  actor: "Which person",
  whose: "Which of these",
  subject: "Which person",
  account: "Which account",
};
const nobody: Record<Typed["field"], string> = {
  actor: "Nobody of the staff",
  whose: "Nobody of the staff and no product",
  subject: "No person",
  account: "No account",
};
const parts: Record<Typed["field"], string> = {
  actor: "the beginning of the name or the e-mail",
  whose: "the beginning of the name or the e-mail",
  subject: "part of the name, the e-mail or the product’s id (usr_…)",
  account: "part of the name or the product’s id (acc_…)",
};
