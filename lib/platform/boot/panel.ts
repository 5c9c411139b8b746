import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { callerAddress } from "../caller.ts";
import { closeDatabase, database, reach } from "../database.ts";
import { env } from "../env.ts";
import { faultOf } from "../fault.ts";
import { closeLive, openLive } from "../live/live.ts";
import { log } from "../log.ts";
import { RunsAsOwner, refuseToRunAsOwner } from "./as-runtime.ts";
import { root } from "./build.ts";
import { gate } from "./gate.ts";
import { giveUp } from "./give-up.ts";
import { answerOutOfReach, needsRecord } from "./out-of-reach-answer.ts";
import { limitTime } from "./streams.ts";
import { refuseUnreadable } from "./unreadable.ts";
import { endWithParent } from "./with-parent.ts";

/** Requests that are being answered get this long; streams and kept-alive connections do not hold an end up. */
const LAST_ANSWERS_MS = 500;

const { PORT: port, DEMO: isDemo, TRUSTED_PROXIES: proxies } = env();
// Without personas to protect, what listens where is the operator's decision.
const hostname = isDemo ? "127.0.0.1" : undefined;

const server = createServer({ requestTimeout: 0 });
let knownAllowed = false;
openLive({ streams: true });
endWithParent(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  closeLive();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
  if (server.listening) await closed;
  await closeDatabase();
});

// Next answers WebSockets on the server that it is given, past the gate; this one listens nowhere.
const httpServer = createServer();
const app = next({ dev: false, dir: root, hostname: hostname ?? "localhost", port, httpServer });
await app.prepare();
const handle = app.getRequestHandler();
server.on("request", (request, response) => {
  const { headers, socket } = request;
  // Never left out: Next would fill in the address of the socket, which is a proxy.
  headers["x-forwarded-for"] =
    callerAddress(socket.remoteAddress, String(headers["x-forwarded-for"] ?? ""), proxies) ??
    "unknown";
  limitTime(request);
  gate(request, response)
    .then((isForNext) => (isForNext ? answer(request, response) : undefined))
    .catch((error: unknown) => {
      log().error({ fault: faultOf(error) }, "request failed");
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end("This could not be answered. It failed on our side.\n");
    });
});
server.on("clientError", refuseUnreadable);

/** Also before the database was reached for the first time: the panel is there, and says what is not. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const isThere = reach().known ?? (await reach().isThere());
  const isReady = isThere && (await isAllowed());
  if (!isReady && (needsRecord(request) || !knownAllowed))
    return answerOutOfReach(request, response);
  return handle(request, response);
}

/** Asked until it is known, before anything is answered from the database. */
async function isAllowed(): Promise<boolean> {
  if (knownAllowed) return true;
  try {
    await refuseToRunAsOwner(database());
    knownAllowed = true;
  } catch (error) {
    if (error instanceof RunsAsOwner) giveUp(error);
  }
  return knownAllowed;
}

server.once("error", (error) => {
  console.error(`The panel cannot listen on port ${port}: ${error.message}`);
  process.exit(1);
});
server.listen(port, hostname, () => {
  process.send?.("ready");
  // Next prints whole errors, with what a failed query was asked with: names, reasons. The log holds none of that.
  console.error = (...printed: unknown[]) => {
    const faults = printed.filter((part) => part instanceof Error);
    log().error({ faults: faults.map((fault) => faultOf(fault)) }, "printed by Next");
  };
});
