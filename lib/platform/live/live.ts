import { onCommitted } from "#db/committed.ts";
import { env } from "../env.ts";
import { Streams } from "./streams.ts";
import { Wire } from "./wire.ts";

type Live = { wire: Wire; streams: Streams | null };
// On globalThis: the server that starts it and Next's bundles are one process.
const held = globalThis as typeof globalThis & { alongsideLive?: Live };

/** From now on what this process commits is told; with `streams`, whoever has one open hears of it. */
export function openLive({ streams: wanted }: { streams: boolean }): void {
  const streams = wanted ? new Streams() : null;
  const wire = new Wire({ url: env().DATABASE_URL, onWord: streams?.hear ?? null });
  held.alongsideLive = { wire, streams };
  onCommitted(wire.tell);
}

/** The streams of this process; null where none are held, or nothing would be heard on them now. */
export const liveStreams = (): Streams | null =>
  held.alongsideLive?.wire.isUp ? held.alongsideLive.streams : null;

/** Ends every stream and the connection; the process is about to end. */
export function closeLive(): void {
  onCommitted(null);
  held.alongsideLive?.streams?.close();
  held.alongsideLive?.wire.close();
  held.alongsideLive = undefined;
}
