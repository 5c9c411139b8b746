import pg from "pg";
import { z } from "zod";
import { noCompiler } from "#db/client.ts";
import type { Change } from "#db/committed.ts";
import { faultOf } from "../fault.ts";
import { log } from "../log.ts";

/** Who has something new to look at. Ids of staff only, and only inside the database's own connections. */
export type Word = {
  /** Whose requests or sessions changed; all who see everybody's are concerned too. */
  work: string[];
  told: string[];
  /** Whether sign-ins or roles changed. */
  rights: boolean;
  /** More than one word holds, or words were missed: everybody looks. */
  all: boolean;
};

const channel = "alongside_changed";
/** Milliseconds. All that a process commits within it is told at once. */
const together = 50;
const patience = 5_000;
const firstWait = 500;
const longestWait = 15_000;

const ids = z.array(z.string()).nullable();
const heard = z.object({ work: ids, told: ids, rights: z.boolean(), all: z.boolean() });

type WireOptions = {
  url: string;
  /** Called with what any process told, and once with `all` whenever words may have been missed. Null: only tells. */
  onWord: ((word: Word) => void) | null;
};

/**
 * The one connection of a process on which changes are told and heard (DESIGN §8), outside the pool: a busy pool does not keep
 * it waiting, and it is never in a business transaction. Best effort: while the database is away, changes
 * are not told, and pages find them by their polls.
 */
export class Wire {
  readonly #options: WireOptions;
  #client: pg.Client | null = null;
  #again: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #wait = firstWait;
  #waiting: Change[] = [];
  #isClosed = false;

  constructor(options: WireOptions) {
    this.#options = options;
    void this.#connect();
  }

  /** Tells on what was committed, a moment later and together with what else is. Never throws. */
  readonly tell = (changes: Change[]): void => {
    if (!this.#client) return;
    this.#waiting.push(...changes);
    this.#soon ??= setTimeout(() => this.#flush(), together);
  };

  /** Whether changes are heard at this moment. */
  get isUp(): boolean {
    return this.#client !== null;
  }

  /** Nobody waits for the goodbye: a server that hangs would not hear it. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#again);
    clearTimeout(this.#soon);
    const client = this.#client;
    this.#client = null;
    client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.url,
      connectionTimeoutMillis: patience,
      query_timeout: patience,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      // A word that is lost with the machine is found by the next poll: nobody waits for a disk.
      options: `${noCompiler} -c synchronous_commit=off`,
      application_name: "alongside live",
    });
    const gone = () => this.#lost(client);
    client.on("error", gone);
    client.on("end", gone);
    try {
      await client.connect();
      if (this.#options.onWord) {
        client.on("notification", ({ payload }) => this.#hear(payload ?? ""));
        await client.query(`listen ${channel}`);
      }
      if (this.#isClosed) return void client.end().catch(() => {});
      this.#client = client;
      this.#wait = firstWait;
      this.#options.onWord?.({ work: [], told: [], rights: true, all: true });
    } catch (error) {
      client.end().catch(() => {});
      this.#later(error);
    }
  }

  #lost(client: pg.Client): void {
    if (client !== this.#client) return;
    this.#client = null;
    this.#waiting = [];
    client.end().catch(() => {});
    this.#later(null);
  }

  #later(error: unknown): void {
    if (this.#isClosed) return;
    if (this.#wait === firstWait)
      log().warn({ fault: error ? faultOf(error) : "lost" }, "changes are not told for now");
    this.#again = setTimeout(() => void this.#connect(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, longestWait);
  }

  #flush(): void {
    this.#soon = undefined;
    const changes = this.#waiting;
    this.#waiting = [];
    const client = this.#client;
    if (!client) return;
    const work = changes.filter((change) => change.kind === "work");
    const params = [
      [...new Set(work.flatMap(({ requestId }) => requestId ?? []))],
      [...new Set(work.flatMap(({ sessionId }) => sessionId ?? []))],
      [...new Set(changes.flatMap((change) => (change.kind === "told" ? change.staffIds : [])))],
      changes.some(({ kind }) => kind === "rights"),
    ];
    client.query({ name: "tell", text: tell, values: params }).catch(() => this.#lost(client));
  }

  #hear(payload: string): void {
    const word = wordIn(payload);
    if (word) this.#options.onWord?.(word);
  }
}

/** A payload holds less than 8,000 bytes. */
const tell = `
  select pg_notify('${channel}', case when octet_length(p.word) < 7900 then p.word
    else '{"work":null,"told":null,"rights":true,"all":true}' end)
  from (select json_build_object(
    'work', (select json_agg(distinct w.actor_id) from (
      select r.actor_id from requests r where r.id = any($1::uuid[])
      union select s.actor_id from sessions s where s.id = any($2::uuid[])) w),
    'told', to_json($3::uuid[]), 'rights', $4::boolean, 'all', false)::text as word) p`;

/** Anybody who may connect to the database may say anything there: what is not understood is left alone. */
function wordIn(payload: string): Word | null {
  try {
    const { success, data } = heard.safeParse(JSON.parse(payload));
    return success ? { ...data, work: data.work ?? [], told: data.told ?? [] } : null;
  } catch {
    return null;
  }
}
