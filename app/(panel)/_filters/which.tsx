import { Note } from "#components/ui/note.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { Typed } from "./typed.ts";

/** Asks whom a typed name means, or says that it means nobody. */
export function Which({ typed, hrefOf }: { typed: Typed; hrefOf: (id: string) => string }) {
  const kind = typed.field === "subject" ? "person" : "account";
  if (typed.choices.length === 0)
    return (
      <Note icon="search" title={`No ${kind} matches “${typed.text}”`}>
        {typed.field === "subject"
          ? "Try part of the name, the e-mail or the product’s id (usr_…). The list below is not filtered by it."
          : "Try part of the name or the product’s id (acc_…). The list below is not filtered by it."}
      </Note>
    );
  return (
    <Note icon="search" title={`Which ${kind} do you mean by “${typed.text}”?`}>
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
