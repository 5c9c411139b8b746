import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Alongside } from "./core/alongside.ts";
import type { Impersonation } from "./core/impersonation.ts";
import { sameOrigin } from "./core/origin.ts";
import { plainAskOf } from "./web.ts";

/** @param impersonation null in a customer's own session */
export type OnUpgrade = (
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  impersonation: Impersonation | null,
) => void;

/**
 * Stands before the product's own listener: `server.on("upgrade", door.upgrade(listener))`. While somebody stands in, the
 * upgrade is refused and on record. With `{ onlyShows: true }` the product says that nothing which comes in through the
 * socket changes anything: then it is a view, and is cut off when the session is over.
 */
export const sockets =
  (core: Alongside) =>
  (listener: OnUpgrade, { onlyShows = false } = {}) =>
  async (req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    socket.on("error", () => socket.destroy());
    const ask = { ...plainAskOf(req), socketOnlyShows: onlyShows };
    // Anything that cannot be judged is refused.
    const verdict = await core.judge(ask).catch(() => null);
    if (verdict?.kind === "pass") return listener(req, socket, head, null);
    if (verdict?.kind !== "permit") return refuse(socket, verdict?.notice.status ?? 500);
    const { permit } = verdict;
    if (!sameOrigin(ask.headers, core.settings.publicUrl)) {
      permit.finish({ status: 403 });
      return refuse(socket, 403);
    }
    permit.finish({ status: 101 });
    socket.once(
      "close",
      permit.hold(() => socket.destroy()),
    );
    listener(req, socket, head, permit.impersonation);
  };

function refuse(socket: Duplex, status: number): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    () => socket.destroy(),
  );
}
