import type { SearchAnswer } from "./search-answer.ts";
import { spelled } from "./words.ts";

/** How many match, and a warning where several of them share a name. */
export function SearchNote({ answer, isBusy }: { answer: SearchAnswer; isBusy: boolean }) {
  return (
    <p className="sm soft" role="status">
      {answer.total > 0 ? (
        <>
          <strong>{howMany(answer)}</strong> {answer.total === 1 ? "matches" : "match"}.{" "}
          {namesakes(answer)}{" "}
          {answer.total > answer.rows.length && `The best ${answer.rows.length} are shown.`}
        </>
      ) : (
        isBusy && "Searching…"
      )}
    </p>
  );
}

function howMany({ total, more }: SearchAnswer): string {
  if (more) return `More than ${total} people`;
  return total === 1 ? "1 person" : `${total} people`;
}

function namesakes({ rows, total, more }: SearchAnswer) {
  const shared = rows.reduce<SearchAnswer["rows"][number] | undefined>(
    (most, row) => (row.sameName > (most?.sameName ?? 1) ? row : most),
    undefined,
  );
  if (shared) {
    const who =
      total === shared.sameName && !more ? "All of them" : `${spelled(shared.sameName)} of them`;
    return (
      <>
        {who} are called <span lang={shared.lang ?? undefined}>{shared.name}</span>: check the
        account before you go on.
      </>
    );
  }
  return null;
}
