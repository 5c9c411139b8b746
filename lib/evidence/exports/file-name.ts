import type { Row } from "./end.ts";

/** `audit-log-20261128T193000Z-0199b4c2.csv`: plain letters only, and none that somebody chose. */
export function fileName({
  id,
  kind,
  format,
  startedAt,
}: Pick<Row, "id" | "kind" | "format" | "startedAt">): string {
  const at = startedAt.toISOString().replace(/[-:]|\.\d+/g, "");
  return `${names[kind]}-${at}-${id.slice(-8)}.${format}`;
}

const names: Record<Row["kind"], string> = {
  log: "audit-log",
  session: "session",
  subject: "own-report",
  exposure: "exposure",
};
