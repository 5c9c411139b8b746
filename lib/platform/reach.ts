import pg from "pg";
import { log } from "./log.ts";

/** Milliseconds. */
const believed = 1_000;
const patience = 3_000;

/**
 * Whether the record can be reached. Asked on a connection of its own, so that a busy pool does not look like a
 * database that is gone; an answer is believed for a second, and one question serves all who ask at that time.
 */
export class Reach {
  readonly #url: string;
  #client: pg.Client | null = null;
  #asked: Promise<boolean> | null = null;
  #last = { at: Number.NEGATIVE_INFINITY, answer: false };

  constructor(url: string) {
    this.#url = url;
  }

  /** What is known without asking; null when it is too old. */
  get known(): boolean | null {
    return performance.now() - this.#last.at < believed ? this.#last.answer : null;
  }

  async isThere(): Promise<boolean> {
    if (this.known !== null) return this.known;
    this.#asked ??= this.#ask().finally(() => {
      this.#asked = null;
    });
    return this.#asked;
  }

  /** Something failed that makes what is known worth nothing. */
  doubt(): void {
    this.#last.at = Number.NEGATIVE_INFINITY;
  }

  async close(): Promise<void> {
    await this.#client?.end().catch(() => {});
  }

  async #ask(): Promise<boolean> {
    const answer = await this.#answers();
    if (answer !== this.#last.answer) log().warn({ answer }, "whether the record can be reached");
    this.#last = { at: performance.now(), answer };
    return answer;
  }

  async #answers(): Promise<boolean> {
    try {
      this.#client ??= await this.#connect();
      await this.#client.query("select 1");
      return true;
    } catch {
      this.#drop();
      return false;
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: patience,
      query_timeout: patience,
      application_name: "alongside reach",
    });
    client.on("error", () => this.#drop(client));
    await client.connect();
    return client;
  }

  /** Not waited for: a server that hangs would not hear the goodbye either. */
  #drop(client = this.#client): void {
    if (client !== this.#client) return;
    this.#client = null;
    client?.end().catch(() => {});
  }
}
