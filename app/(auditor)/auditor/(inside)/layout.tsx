import type { ReactNode } from "react";
import { periodWords } from "#app/_evidence/words.ts";
import { Hulls } from "#components/shell/brand.tsx";
import { absolute } from "#components/time-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { requireGuest } from "#lib/platform/require-guest.ts";
import "../../auditor.css";

/** Around an auditor's pages. It authorises nothing: each page asks first whose it is. */
export default async function AuditorLayout({ children }: { children: ReactNode }) {
  const { ctx, visit } = await requireGuest();
  return (
    <div className="auditor">
      <a className="btn skip" href="#main">
        Skip to the page
      </a>
      <header className="auditor-bar">
        <span className="brand p-0">
          <Hulls />
          Alongside
        </span>
        <nav aria-label="Evidence" className="row">
          <PlainLink href="/auditor">Evidence</PlainLink>
        </nav>
        <p className="sm soft whose">
          <strong>{ctx.actor.name}</strong>, {ctx.actor.firm} · {periodWords(visit)}
        </p>
        <p className="row tight sm soft lasts">
          <Mark icon="lock">Read only</Mark>
          <span>
            until{" "}
            <time dateTime={visit.expiresAt.toISOString()}>
              {absolute(visit.expiresAt, ctx.actor.zone)}
            </time>
          </span>
        </p>
        <form action="/auditor/leave" method="post">
          <Button type="submit" icon="out">
            Leave
          </Button>
        </form>
      </header>
      <main className="main" id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
