import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";

/** What was done in a session: what the line to its approver is made of. */
export type DoneIn = {
  seconds: number;
  /** What was looked at. */
  pages: number;
  /** Writes, by their effect. */
  data: number;
  configuration: number;
  messages: number;
  exports: number;
  refusals: number;
};

const select = preparedStatement<DoneIn>(
  "done_in",
  `select floor(extract(epoch from coalesce(s.ended_at, least(clock_timestamp(), s.expires_at)) - s.started_at))::integer as seconds,
     count(a.id) filter (where a.phase = 'view')::integer as pages,
     count(a.id) filter (where a.phase = 'attempt' and a.effect = 'data')::integer as data,
     count(a.id) filter (where a.phase = 'attempt' and a.effect = 'configuration')::integer as configuration,
     count(a.id) filter (where a.phase = 'attempt' and a.effect = 'message')::integer as messages,
     count(a.id) filter (where a.phase = 'attempt' and a.effect = 'export')::integer as exports,
     count(a.id) filter (where a.phase = 'refused')::integer as refusals
   from sessions s left join actions a on a.session_id = s.id where s.id = $1 group by s.id`,
);

export async function readDoneIn(db: Reader, sessionId: string): Promise<DoneIn> {
  const [row] = await select(db, sessionId);
  if (!row) throw new Error("There is no such session");
  return row;
}

const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** "12 min, 34 pages, 2 changes of data, no export": exports are told even where there were none. */
export function doneSentence(done: DoneIn): string {
  const writes = [
    done.data && counted(done.data, "change of data", "changes of data"),
    done.configuration && counted(done.configuration, "change of settings", "changes of settings"),
    done.messages && counted(done.messages, "message", "messages"),
  ].filter((text) => typeof text === "string");
  return [
    done.seconds < 60 ? `${done.seconds} s` : `${Math.round(done.seconds / 60)} min`,
    counted(done.pages, "page", "pages"),
    ...(writes.length > 0 ? writes : ["nothing changed"]),
    done.exports === 0 ? "no export" : counted(done.exports, "export", "exports"),
    ...(done.refusals > 0 ? [`${done.refusals} refused`] : []),
  ].join(", ");
}
