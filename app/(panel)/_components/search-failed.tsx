import { Button } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { waitWords } from "#lib/limits/wait-words.ts";
import type { Failure } from "./use-search.ts";

/** Why there is no answer, and how it goes on. */
export function SearchFailed({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  if (typeof failure === "number")
    return (
      <Empty
        card
        kind="stopped"
        icon="clock"
        title={`You have searched too often: try again in ${waitWords(failure)}`}
        action={
          <Button icon="refresh" onClick={onRetry}>
            Try now
          </Button>
        }
      >
        So many searches are more than calls need, and it is on record. What you typed is kept, and
        what is live goes on.
      </Empty>
    );
  return failure === "signed_out" ? (
    <Empty
      card
      kind="not-allowed"
      title="You were signed out"
      action={
        <a className="btn" href={`/sign-in?from=${encodeURIComponent("/")}`}>
          Sign in and go on
        </a>
      }
    >
      What you typed is kept in the address of this page.
    </Empty>
  ) : (
    <Empty
      card
      kind="stopped"
      title="The search does not answer"
      action={
        <Button icon="refresh" onClick={onRetry}>
          Try now
        </Button>
      }
    >
      What you typed is kept. Sessions that are live go on, and can be ended.
    </Empty>
  );
}
