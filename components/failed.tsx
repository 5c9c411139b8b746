"use client";
import { unstable_isUnrecognizedActionError as isOfOlderPage } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "./ui/button.tsx";
import { Empty } from "./ui/empty.tsx";

const lookEvery = 2000;

/** What an error boundary shows: what failed, what still works, the reference into the logs. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const outOfReach = useOutOfReach(retry);
  const digest =
    error instanceof Error && "digest" in error && typeof error.digest === "string"
      ? error.digest
      : null;
  if (isOfOlderPage(error)) return <Older />;
  return (
    <Empty
      card
      kind="stopped"
      level="h1"
      title={outOfReach ? "Alongside cannot reach its record" : "This page could not be shown"}
      action={
        <Button icon="refresh" onClick={retry}>
          Try again
        </Button>
      }
    >
      <p role="status">
        {outOfReach
          ? "Its database does not answer. Nothing is shown and nothing starts until it does; then this page comes by itself."
          : "It failed on our side."}{" "}
        What you did before is on record, or it did not happen: look there before you repeat it.
      </p>
      {digest && (
        <p>
          Reference <span className="mono">{digest}</span>
        </p>
      )}
    </Empty>
  );
}

/** A form of a page that was opened before Alongside was updated. */
function Older() {
  return (
    <Empty
      card
      kind="stopped"
      level="h1"
      title="This page is older than Alongside"
      action={
        <Button icon="refresh" onClick={() => window.location.reload()}>
          Load it anew
        </Button>
      }
    >
      <p>
        Alongside was updated since you opened it. What you sent was not understood: nothing was
        changed.
      </p>
    </Empty>
  );
}

/** Whether it failed for want of the database. Tries again once that is back. */
function useOutOfReach(retry: () => void): boolean {
  const [outOfReach, setOutOfReach] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    let wasAway = false;
    const look = async () => {
      const answer = await fetch("/api/health", { signal: stop.signal, cache: "no-store" }).catch(
        () => null,
      );
      if (stop.signal.aborted) return;
      if (answer?.ok) {
        if (wasAway) retry();
        return;
      }
      wasAway = true;
      setOutOfReach(true);
      timer = setTimeout(look, lookEvery);
    };
    void look();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [retry]);
  return outOfReach;
}
