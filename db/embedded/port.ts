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

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const port = await bind(0);
  if (!port) throw new Failure("No port is free on 127.0.0.1");
  return port;
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
