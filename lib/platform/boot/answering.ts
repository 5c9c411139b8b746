import { setTimeout as delay } from "node:timers/promises";
import { withClient } from "#db/embedded/roles.ts";
import { Failure } from "#db/failure.ts";
import { tail } from "./build.ts";
import type { Databases } from "./databases.ts";
import type { Settings } from "./settings.ts";

const PATIENCE_MS = 120_000;

type Condition = { what: string; log: string; isMet: () => Promise<boolean> };

/**
 * Returns when the panel and the product answer and, in the demo, the product's people have arrived.
 * @throws with the last lines of the log of what does not.
 */
export async function untilAnswering(
  settings: Settings,
  { ledgerUrl, ownerUrl }: Databases,
  signal: AbortSignal,
): Promise<void> {
  const answers = (url: string) => async () =>
    (await fetch(url, { signal: AbortSignal.timeout(10_000) })).ok;
  const conditions: Condition[] = [
    {
      what: `The panel does not answer on port ${settings.port}.`,
      log: "panel",
      isMet: answers(`http://127.0.0.1:${settings.port}/api/health`),
    },
  ];
  if (ledgerUrl)
    conditions.push({
      what: `Ledger, the demo product, does not answer on port ${settings.ledgerPort}.`,
      log: "ledger",
      isMet: answers(`http://127.0.0.1:${settings.ledgerPort}/health`),
    });
  if (ledgerUrl && settings.isDemo)
    conditions.push({
      what: "Ledger's customers did not arrive in the panel.",
      log: "ledger",
      isMet: () =>
        withClient(ownerUrl, async (client) => {
          const { rowCount } = await client.query("select from subjects limit 1");
          return rowCount === 1;
        }),
    });

  const until = Date.now() + PATIENCE_MS;
  for (const { what, log, isMet } of conditions) {
    while (!(await isMet().catch(() => false))) {
      signal.throwIfAborted();
      if (Date.now() > until) {
        const lines = settings.isDemo ? await tail(`${settings.dataDir}/logs/${log}.log`, 12) : "";
        throw new Failure(`${what}\n\n${lines}`);
      }
      await delay(250, undefined, { signal });
    }
  }
}
