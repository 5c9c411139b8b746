import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { Webhook } from "standardwebhooks";
import { entry } from "#db/testing/entry.ts";
import type { Sql } from "#db/testing/sql.ts";
import { insert } from "#db/testing/sql.ts";
import { newId } from "#lib/kernel/ids.ts";
import { seal } from "./seal.ts";

/** A mail server on loopback that takes and parses what it is sent. `refuse` lets it answer a code to the recipient. */
export async function mailServer(port = 0) {
  const mails: ParsedMail[] = [];
  const state = { refuse: null as number | null };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    // Whoever keeps a connection for the next mail is not waited for.
    closeTimeout: 100,
    onRcptTo: (_address, _session, done) =>
      done(
        state.refuse ? Object.assign(new Error("No"), { responseCode: state.refuse }) : undefined,
      ),
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        done();
      }, done);
    },
  });
  server.on("error", () => {});
  const listening = server.listen(port, "127.0.0.1");
  await once(listening, "listening");
  const { port: bound } = listening.address() as AddressInfo;
  return {
    mails,
    state,
    port: bound,
    url: `smtp://127.0.0.1:${bound}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

export type Received = { id: string; type: string; data: Record<string, unknown>; at: number };
type Answer = { status?: number; headers?: http.OutgoingHttpHeaders; never?: boolean };

/** A receiver of webhooks on loopback that verifies each by Standard Webhooks' own library. */
export async function hookServer(secret: string, { verifiesLater = false } = {}) {
  const received: Received[] = [];
  const forged: string[] = [];
  const later: (() => void)[] = [];
  const receiver = {
    /** What came by now, whether it was verified yet or not. */
    posted: 0,
    verify: () => {
      for (const take of later.splice(0)) take();
    },
  };
  const state: { answer: (id: string) => Answer } = { answer: () => ({}) };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      // Of the bench, which is not signed.
      if (request.url?.endsWith("?bare")) {
        receiver.posted += 1;
        response.writeHead(204).end();
        return;
      }
      const id = String(request.headers["webhook-id"]);
      const { status = 204, headers = {}, never } = state.answer(id);
      if (never) return;
      const at = Date.now();
      const take = () => {
        const sent = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
        try {
          const text = Buffer.concat(chunks).toString("utf8");
          const said = new Webhook(secret).verify(text, Object.fromEntries(sent));
          if (status < 300) received.push({ id, at, ...(said as Pick<Received, "type" | "data">) });
        } catch {
          forged.push(id);
        }
      };
      receiver.posted += 1;
      if (verifiesLater) later.push(take);
      else take();
      response.writeHead(status, headers).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: bound } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return Object.assign(receiver, {
    ...{ received, forged, state, port: bound, url: `http://127.0.0.1:${bound}/hook`, close },
  });
}

export const hookSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/** A webhook, as an admin adds it. */
export async function addHook(
  sql: Sql,
  admin: string,
  hook: { address: string; key: string; team?: string | null; groups?: string[] },
): Promise<string> {
  const id = newId();
  await insert(sql, "notice_channels", {
    id,
    channel: "webhook",
    name: "Receiver",
    team: hook.team ?? null,
    address: hook.address,
    secret: seal(hookSecret, hook.key),
    groups: hook.groups ?? ["approvals", "own_requests", "sessions", "proposals", "reviews"],
    entry_id: await entry(sql, "channel.added", { actor: admin }),
    changed_by: admin,
  });
  return id;
}

/** What a person chose, as they choose it. */
export async function choose(
  sql: Sql,
  staffId: string,
  channel: string,
  wanted: boolean,
  topics = ["approvals", "own_requests"],
): Promise<void> {
  for (const topic of topics)
    await insert(sql, "notice_choices", {
      staff_id: staffId,
      topic,
      channel,
      wanted,
      entry_id: await entry(sql, "notices.changed", { actor: staffId }),
    });
}

/** Lets what is to be tried later be due now, as if the time had passed. */
export const passTime = (owner: Sql) =>
  owner.query(
    "update pgboss.job set start_after = now() - interval '1 second' where name like 'notice-%' and state in ('created', 'retry')",
  );
