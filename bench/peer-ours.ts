import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { connect } from "#db/client.ts";
import { end } from "#lib/impersonation/end.ts";
import { introspect } from "#lib/oauth/introspect.ts";
import { signingKeysSchema } from "#lib/oauth/keys.ts";
import type { Pair } from "./people.ts";
import { ctxOf } from "./people.ts";
import { asLedger, type Door, enter, type Live } from "./sessions.ts";

/*
 * A trivial HTTP server around our verbs, for `peers.ts`, without Next: what the peer gets too. Who asks is in the body, as
 * the peer's is in its cookie.
 */

const tell = process.send?.bind(process);
const { DATABASE_URL, DOOR } = z
  .object({ DATABASE_URL: z.string(), DOOR: z.string() })
  .parse(process.env);
const door = JSON.parse(DOOR) as Door;
const database = connect(DATABASE_URL);
const issuer = { url: door.url, keys: signingKeysSchema.parse(JSON.parse(door.signingKeys)) };

const verbs: Record<string, (body: Pair & Live) => Promise<unknown>> = {
  "/impersonate": (pair) => enter(database, door, pair),
  "/check": ({ actor, subject, token }) =>
    introspect(asLedger(ctxOf(database, actor), subject.product), issuer, token),
  "/stop": ({ actor, sessionId }) => end(ctxOf(database, actor), { sessionId }),
};

// It waits while the other side has its turn.
const server = createServer({ keepAliveTimeout: 300_000 }, async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  const answer = await verbs[request.url ?? ""]?.(JSON.parse(body) as Pair & Live);
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(answer));
});
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
tell?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
process.on("disconnect", () => process.exit(0));
