import { Button } from "./ui/button.tsx";
import { Empty } from "./ui/empty.tsx";

/** What an error boundary shows: what failed, what still works, the reference into the logs. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const digest =
    error instanceof Error && "digest" in error && typeof error.digest === "string"
      ? error.digest
      : null;
  return (
    <Empty
      card
      kind="stopped"
      level="h1"
      title="This page could not be shown"
      action={
        <Button icon="refresh" onClick={retry}>
          Try again
        </Button>
      }
    >
      <p>
        It failed on our side. What you did before is on record, or it did not happen: look there
        before you repeat it.
      </p>
      {digest && (
        <p>
          Reference <span className="mono">{digest}</span>
        </p>
      )}
    </Empty>
  );
}
