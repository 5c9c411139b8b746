import { ModKbd } from "#components/ui/kbd.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { NextAsk } from "./decision-ask.ts";
import type { Meant } from "./use-meant.ts";

type DecisionThenProps = { meant: Meant; next: NextAsk | null; byLink: boolean };

/** What `⌘↵` does now, and what comes after the decision. */
export const DecisionThen = ({ meant, next, byLink }: DecisionThenProps) => (
  <footer className="xs faint">
    <p className="only-keys">
      <ModKbd>↵</ModKbd> {meantWords[meant]}
    </p>
    {next ? (
      <>
        Next in the queue:{" "}
        <PlainLink href={`/requests/${next.id}`} className="text-ink-2">
          {next.words}
        </PlainLink>
      </>
    ) : byLink ? (
      <PlainLink href="/requests" className="text-ink-2">
        What else waits for you
      </PlainLink>
    ) : (
      "Nothing else waits for you."
    )}
  </footer>
);

const meantWords: Record<Meant, string> = {
  nothing: "decides and goes on, after A or D",
  approve: "approves and goes on",
  deny: "denies and goes on",
};
