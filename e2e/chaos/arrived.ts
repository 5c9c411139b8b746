import { setTimeout as delay } from "node:timers/promises";
import type { ChaosStack } from "./stack.ts";

/** Milliseconds: a job of a killed worker is another's after 40 s, and is looked after every 20 s. */
const patience = 150_000;

type Copy = {
  id: string;
  ref: string | null;
  status: string;
  fault: string | null;
  shows: boolean;
};

/** Once the storm is over: what of the notices has not arrived, or does not say what became of it. */
export async function lostNotices({ owner, receiver }: ChaosStack): Promise<string[]> {
  const copies = async () => {
    const { rows } = await owner.query<Copy>(
      `select d.id, d.ref, d.status, d.fault, d.shown = n.changed as shows
         from notice_deliveries d join notices n on n.id = d.notice_id where d.channel = 'webhook'`,
    );
    return rows;
  };
  const outbox = async () =>
    (await owner.query<{ id: string }>("select entry_id as id from notice_outbox")).rows;
  const isDone = ({ status, shows }: Copy) => status === "sent" && shows;
  for (const end = performance.now() + patience; performance.now() < end; await delay(500))
    if ((await outbox()).length === 0 && (await copies()).every(isDone)) break;
  const taken = receiver.taken();
  const all = await copies();
  if (all.length === 0) return ["nobody was told anything"];
  return [
    ...(await outbox()).map(({ id }) => `an entry that nobody was told of: ${id}`),
    ...all
      .filter((copy) => !isDone(copy))
      .map(({ id, status, fault }) => `a notice that is ${status}, ${fault ?? "behind"}: ${id}`),
    ...all
      .filter(({ ref }) => ref !== null && !taken.has(ref))
      .map(({ ref }) => `a notice that is marked as sent and never came: ${ref}`),
    ...receiver.forged().map((id) => `a notice with a wrong signature: ${id}`),
  ];
}
