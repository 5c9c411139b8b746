import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** The network between a process and its database, or any other server on loopback, in the hands of a test. */
export type Cable = {
  /** The address given, led through here. */
  url: string;
  /** Connections break, and new ones are refused. */
  cut(): Promise<void>;
  /** Nothing arrives any more, and nobody is told. */
  silence(): void;
  mend(): Promise<void>;
  close(): Promise<void>;
};

/** Leads the address of a server on loopback through a port of its own. */
export async function cable(address: string): Promise<Cable> {
  const url = new URL(address);
  const to = { host: url.hostname, port: Number(url.port || 5432) };
  const sockets = new Set<Socket>();
  let isSilent = false;

  const server = createServer((near) => {
    const far = connect(to);
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => isSilent || into.write(chunk));
      from.on("error", () => {});
      from.on("close", () => {
        sockets.delete(from);
        into.destroy();
      });
    }
  });
  const listen = async (port: number) => {
    await once(server.listen(port, "127.0.0.1"), "listening");
    const bound = server.address();
    if (!bound || typeof bound === "string") throw new Error("It listens on no port");
    return bound.port;
  };
  const port = await listen(0);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const cut = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    drop();
    await closed;
  };
  return {
    url: url.href,
    cut,
    close: cut,
    silence: () => {
      isSilent = true;
    },
    mend: async () => {
      // What was swallowed is missing in the middle of a conversation: those that began are over.
      if (isSilent) drop();
      isSilent = false;
      if (!server.listening) await listen(port);
    },
  };
}
