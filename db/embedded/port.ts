import { randomInt } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { Failure } from "#db/failure.ts";

/** The port kept in this file while it is free, or another free one, kept from now on. Loopback only. */
export async function keptPort(file: string): Promise<number> {
  const kept = Number(await readFile(file, "utf8").catch(() => "0"));
  const port = (await bind(kept)) ?? (await freePort());
  if (port !== kept) await writeFile(file, String(port));
  return port;
}

/** Below those that outgoing connections are given: until we listen on it, none of them takes it. */
const [lowest, highest] = [20_000, 32_000];
const given = new Set<number>();

/** A port that nobody listens on at this moment, and that this process was not given before. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(lowest, highest);
    if (given.has(port) || !(await bind(port))) continue;
    given.add(port);
    return port;
  }
  throw new Failure("No port is free on 127.0.0.1");
}

/** The port that was bound and let go again; null when it is taken. */
function bind(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : null));
    });
  });
}
