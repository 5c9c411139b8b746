import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { Failure } from "#db/failure.ts";

/**
 * Makes this process the only one that works in a data folder; false when another is. A name in Linux's abstract
 * namespace, which vanishes with its process however that ends; elsewhere there is no embedded database to protect.
 */
export async function tryClaimDataDir(dataDir: string): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const name = createHash("sha256").update(dataDir).digest("hex");
  return (await listenError({ path: `\0alongside-${name}` }, true)) === null;
}

/** @throws when another start runs there. */
export async function claimDataDir(dataDir: string): Promise<void> {
  if (!(await tryClaimDataDir(dataDir)))
    throw new Failure(
      `Alongside runs already with the data in ${dataDir}: end that one first (Ctrl-C where it runs), or set DATA_DIR to another folder.`,
    );
}

/**
 * @throws when something listens on this port, and still does after `patienceMs`; `variable` is what moves it. Names lead
 * to ::1 first, if there is one.
 */
export async function requireFreePort(
  port: number,
  variable: string,
  patienceMs = 0,
): Promise<void> {
  const until = Date.now() + patienceMs;
  for (const host of ["127.0.0.1", "::1"]) {
    let code = await listenError({ port, host }, false);
    while (code === "EADDRINUSE" && Date.now() < until) {
      await delay(100);
      code = await listenError({ port, host }, false);
    }
    if (code === "EADDRINUSE" || code === "EACCES")
      throw new Failure(
        code === "EACCES"
          ? `Port ${port} may not be used by this user: set ${variable} to one above 1023.`
          : `Port ${port} is taken by another program: end that one, or set ${variable} to a free port (${variable}=${port + 100} npm start).`,
      );
  }
}

function listenError(
  where: { path: string } | { port: number; host: string },
  keep: boolean,
): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
    server.listen(where, () => {
      if (keep) server.unref();
      else return server.close(() => resolve(null));
      resolve(null);
    });
  });
}
