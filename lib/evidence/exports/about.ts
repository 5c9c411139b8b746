import { inArray } from "drizzle-orm";
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
  const [about] = await aboutEach(db, [filter]);
  return about ?? null;
}

/** The same of many, in their order: each kind is looked up once. */
export async function aboutEach(
  db: Reader,
  filters: readonly ExportFilter[],
): Promise<(About | null)[]> {
  const known: Known = {
    sessions: await sessionsOf(
      db,
      idsOf(filters, (f) => f.kind === "session" && f.session),
    ),
    subjects: await subjectsOf(
      db,
      idsOf(filters, (f) => f.kind === "subject" && f.subject),
    ),
    names: new Map([
      ...(await namesIn(db, staff, idsOf(filters, exposedBy("actor")))),
      ...(await namesIn(db, products, idsOf(filters, exposedBy("product")))),
    ]),
  };
  return filters.map((filter) => aboutIn(known, filter));
}

type Entered = About["entry"];
type Known = {
  sessions: Map<string, Entered & { number: number }>;
  subjects: Map<string, Entered & { name: string }>;
  names: Map<string, string>;
};

const idsOf = (
  filters: readonly ExportFilter[],
  of: (filter: ExportFilter) => string | false,
): string[] => [...new Set(filters.map(of).filter((id) => id !== false))];

const exposedBy = (of: "actor" | "product") => (filter: ExportFilter) =>
  filter.kind === "exposure" && filter.of === of && filter.id;

function aboutIn({ sessions, subjects, names }: Known, filter: ExportFilter): About | null {
  switch (filter.kind) {
    case "log":
      return ofLog(auditParams.parse(filter.filter));
    case "session": {
      const found = sessions.get(filter.session);
      if (!found) return null;
      const { number, ...entry } = found;
      return { what: `session ${sessionNumber(number)}`, entry };
    }
    case "subject": {
      const found = subjects.get(filter.subject);
      if (!found) return null;
      const { name, ...entry } = found;
      return { what: `${name}’s own report`, entry };
    }
    case "exposure": {
      const name = names.get(filter.id);
      return name === undefined
        ? null
        : { what: `exposure by ${name}, ${filter.from} – ${filter.to}`, entry: {} };
    }
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

async function sessionsOf(db: Reader, ids: string[]): Promise<Known["sessions"]> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({
      number: sessions.number,
      accountId: sessions.accountId,
      subjectId: sessions.subjectId,
      requestId: sessions.requestId,
      sessionId: sessions.id,
    })
    .from(sessions)
    .where(inArray(sessions.id, ids));
  return new Map(found.map((one) => [one.sessionId, one]));
}

async function subjectsOf(db: Reader, ids: string[]): Promise<Known["subjects"]> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ name: subjects.name, accountId: subjects.accountId, subjectId: subjects.id })
    .from(subjects)
    .where(inArray(subjects.id, ids));
  return new Map(found.map((one) => [one.subjectId, one]));
}

async function namesIn(
  db: Reader,
  table: typeof staff | typeof products,
  ids: string[],
): Promise<[string, string][]> {
  if (ids.length === 0) return [];
  const found = await db
    .select({ id: table.id, name: table.name })
    .from(table)
    .where(inArray(table.id, ids));
  return found.map(({ id, name }) => [id, name]);
}
