"use client";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { z } from "zod";
import { onLook } from "#components/live/look.ts";
import { keepStream } from "#components/live/stream.ts";
import { Note } from "#components/ui/note.tsx";

const pulseSchema = z.record(z.string(), z.string().nullable());
export type Pulse = z.infer<typeof pulseSchema>;

const seenEvery = 3000;
/** Hidden tabs are asked too: the answer to a request shows in the tab's title. */
const hiddenEvery = 10_000;

/**
 * Reads the page anew when something that it may show has changed, and only then: asked every few seconds, which is the
 * guarantee, and at once when the server's stream says so. `seen` is what the server knew
 * when it rendered, so that nothing is missed between that and the first look.
 */
export function Follow({ seen }: { seen: Pulse }) {
  const router = useRouter();
  const request = /^\/requests\/([0-9a-f-]{36})$/.exec(usePathname())?.[1];
  const known = useRef<Pulse>(seen);
  const [lost, setLost] = useState(false);

  useEffect(() => {
    known.current = { ...known.current, ...seen };
  }, [seen]);

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    let looking = false;
    let again = false;
    delete known.current.request;
    const shown = document.querySelector<HTMLElement>("[data-seen-request]")?.dataset.seenRequest;
    if (request && shown !== undefined) known.current.request = shown;

    const look = async () => {
      if (looking) {
        again = true;
        return;
      }
      looking = true;
      const told = await ask(request, stop.signal);
      looking = false;
      if (stop.signal.aborted) return;
      setLost(told === null);
      if (told === "signed_out") router.refresh();
      else if (told) {
        const changed = Object.entries(told).some(
          ([key, word]) => key in known.current && known.current[key] !== word,
        );
        known.current = told;
        if (changed) router.refresh();
      }
      if (again) {
        again = false;
        return look();
      }
      clearTimeout(timer);
      timer = setTimeout(look, document.hidden ? hiddenEvery : seenEvery);
    };
    const soon = () => void (document.hidden || look());
    // Out of the back-forward cache comes a page of before: it must not show what is over.
    const shownAgain = (event: PageTransitionEvent) => event.persisted && location.reload();

    timer = setTimeout(look, 0);
    const deaf = onLook(soon);
    document.addEventListener("visibilitychange", soon);
    window.addEventListener("pageshow", shownAgain);
    return () => {
      stop.abort();
      clearTimeout(timer);
      deaf();
      document.removeEventListener("visibilitychange", soon);
      window.removeEventListener("pageshow", shownAgain);
    };
  }, [request, router]);

  useEffect(() => keepStream("/api/stream"), []);

  return (
    <div role="status">
      {lost && (
        <Note icon="warn" className="m-4 mb-0">
          This page stopped following. Trying again every few seconds; what you do still counts.
        </Note>
      )}
    </div>
  );
}

async function ask(
  request: string | undefined,
  signal: AbortSignal,
): Promise<Pulse | "signed_out" | null> {
  try {
    const answer = await fetch(request ? `/api/pulse?request=${request}` : "/api/pulse", {
      signal,
      cache: "no-store",
    });
    if (answer.status === 401) return "signed_out";
    return answer.ok ? pulseSchema.parse(await answer.json()) : null;
  } catch {
    return null;
  }
}
