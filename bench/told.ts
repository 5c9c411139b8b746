import { onCommitted } from "#db/committed.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { Wire, type Word } from "#lib/platform/live/wire.ts";
import type { Bench } from "./bench.ts";
import { compared } from "./figure.ts";
import { interleaved, throughput } from "./measure.ts";
import { ctxOf, newPairs } from "./people.ts";
import { ask } from "./start.ts";

const clientCounts = [8, 32];

/**
 * Starts of which open pages are told, as a panel tells them, against the same starts of which nobody is: another process
 * listens. A notification inside the transaction took a third of them.
 */
export const told: Bench = {
  name: "told",
  about:
    "Starts of sessions a second (the verb `standIn`, in process) that are told to open pages after the commit, against the same that are not.",
  async *run(ctx) {
    const database = await ctx.database();
    const url = database.runtimeUrl;
    const { rounds, total } =
      ctx.size === "full" ? { rounds: 9, total: 160 } : { rounds: 1, total: 16 };
    const heard: Word[] = [];
    const listening = new Wire({ url, onWord: (word) => void heard.push(word) });
    const telling = new Wire({ url, onWord: null });
    try {
      for (const clients of clientCounts) {
        const pairs = await newPairs(database.owner, (rounds + 1) * total * 2);
        const starts = (listener: typeof telling.tell | null) => async () => {
          onCommitted(listener);
          return throughput(clients, total, async () => {
            const pair = pairs.pop();
            if (!pair) throw new Error("There are too few people");
            const input = { ...ask, subjectId: pair.subject.id };
            const result = await standIn(ctxOf(database, pair.actor), input);
            if (!result.ok) throw new Error("It did not start");
          });
        };
        const rates = await interleaved(rounds, {
          told: starts(telling.tell),
          untold: starts(null),
        });
        yield compared(
          `start of a session, told, ${clients} clients`,
          "/s",
          rates.told,
          rates.untold,
          {
            atLeast: 0.9,
          },
        );
      }
      if (heard.length < 2) throw new Error("Nothing was told");
    } finally {
      onCommitted(null);
      listening.close();
      telling.close();
    }
  },
};
