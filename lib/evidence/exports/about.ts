import { eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { products, subjects } from "#db/schema/directory.ts";
import { sessions } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import type { Entry } from "#lib/audit/record.ts";
import { auditParams } from "#lib/audit/search-params.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import type { ExportFilter } from "./schemas.ts";

/** What an export is of: in words, and by the ids of its entries, so that it is found where its subject is. */
export type About = {
  what: string;
  entry: Pick<Entry, "accountId" | "subjectId" | "sessionId" | "requestId">;
};

/** Null where there is no such thing. */
export async function aboutOf(db: Reader, filter: ExportFilter): Promise<About | null> {
  switch (filter.kind) {
    case "log":
      return ofLog(auditParams.parse(filter.filter));
    case "session":
      return ofSession(db, filter.session);
    case "subject":
      return ofSubject(db, filter.subject);
    case "exposure":
      return ofExposure(db, filter);
  }
}

function ofLog(params: ReturnType<typeof auditParams.parse>): About {
  const names = Object.entries(params)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  return {
    what: names.length > 0 ? `the audit log, by ${names.join(", ")}` : "the whole audit log",
    entry: {
      accountId: params.account ?? null,
      subjectId: params.subject ?? null,
      sessionId: params.session ?? null,
      requestId: params.request ?? null,
    },
  };
}

async function ofSession(db: Reader, id: string): Promise<About | null> {
  const [found] = await db
    .select({
      number: sessions.number,
      accountId: sessions.accountId,
      subjectId: sessions.subjectId,
      requestId: sessions.requestId,
    })
    .from(sessions)
    .where(eq(sessions.id, id));
  if (!found) return null;
  const { number, ...entry } = found;
  return { what: `session ${sessionNumber(number)}`, entry: { ...entry, sessionId: id } };
}

async function ofSubject(db: Reader, id: string): Promise<About | null> {
  const [found] = await db
    .select({ name: subjects.name, accountId: subjects.accountId })
    .from(subjects)
    .where(eq(subjects.id, id));
  if (!found) return null;
  return {
    what: `${found.name}’s own report`,
    entry: { subjectId: id, accountId: found.accountId },
  };
}

async function ofExposure(
  db: Reader,
  { of, id, from, to }: Extract<ExportFilter, { kind: "exposure" }>,
): Promise<About | null> {
  const table = of === "actor" ? staff : products;
  const [found] = await db.select({ name: table.name }).from(table).where(eq(table.id, id));
  return found ? { what: `exposure by ${found.name}, ${from} – ${to}`, entry: {} } : null;
}
