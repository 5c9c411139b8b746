import type { SessionPage } from "#lib/impersonation/timeline.ts";

/** What was done, in numbers. */
export function Sums({ session }: { session: SessionPage }) {
  const writes = session.timeline.filter(({ phase }) => phase === "attempt");
  const touched = new Set(writes.map(({ resource }) => resource).filter(Boolean)).size;
  const exports = writes.filter(({ effect }) => effect === "export").length;
  const sums = [
    [session.reads, session.reads === 1 ? "page looked at" : "pages looked at"],
    [session.writes, session.writes === 1 ? "write" : "writes"],
    [session.refusals, "refused"],
    [touched, touched === 1 ? "thing changed" : "things changed"],
    [exports, exports === 1 ? "export" : "exports"],
  ] as const;
  return (
    <dl className="sums">
      {sums.map(([n, of]) => (
        <div key={of}>
          <dt>{of}</dt>
          <dd>{n}</dd>
        </div>
      ))}
    </dl>
  );
}
