import type { SearchAnswer } from "./search-answer.ts";
import { spelled } from "./words.ts";

/** How many match, and a warning where several of them share a name; said aloud by `SearchSaid`. */
export function SearchNote({ answer, isBusy }: { answer: SearchAnswer; isBusy: boolean }) {
  return (
    <p className="sm soft">
      {answer.rows.some((row) => row.corrected) ? (
        <NearlyMatch answer={answer} />
      ) : answer.total > 0 ? (
        <>
          <strong>{howMany(answer)}</strong> {answer.total === 1 ? "matches" : "match"}.{" "}
          {namesakes(answer)} {answer.pasted && pastedWords[answer.pasted.by]}
          {answer.total > answer.rows.length && `The best ${answer.rows.length} are shown.`}
        </>
      ) : (
        isBusy && "Searching…"
      )}
    </p>
  );
}

/** Nobody is called what was typed: what these are called instead stands in the rows, and here where it is one thing. */
function NearlyMatch({ answer }: { answer: SearchAnswer }) {
  const [meant, ...others] = new Set(answer.rows.map((row) => row.corrected));
  return (
    <>
      <strong>Nobody matches “{answer.q.trim()}”.</strong>{" "}
      {others.length === 0 ? (
        <>
          With one typo undone, “<bdi>{meant?.normalize("NFC")}</bdi>”:{" "}
          {howMany(answer).toLowerCase()}. {namesakes(answer)}
        </>
      ) : (
        "These are one typo away: check the name before you go on."
      )}
    </>
  );
}

const pastedWords = {
  url: "By the address of the page: it opens there.",
  ticket: "By the ticket: it goes along.",
};

/** "12 people", "At least 3 people", "More than 200 people". */
export function howMany({ total, more }: SearchAnswer): string {
  if (more) return total < 200 ? `At least ${total} people` : `More than ${total} people`;
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
