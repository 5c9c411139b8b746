import { ledgerApp } from "./app.ts";
import { pushSoon } from "./directory.ts";
import { env } from "./env.ts";
import { makeDue } from "./make-due.ts";
import { prepare } from "./prepare.ts";

if (await prepare()) console.log("ledger: filled with demo customers");

const server = ledgerApp().listen(env.port, "127.0.0.1", (error) => {
  if (error) {
    console.error(`ledger: cannot listen on port ${env.port}: ${error.message}`);
    process.exit(1);
  }
  console.log(`ledger: ${env.url}`);
  process.send?.("ready");
  pushSoon(null);
  void makeWhatRecurs();
});

const everyMs = 10 * 60_000;

/** On its day, or as soon as Ledger runs again: what is due stands in the database. */
async function makeWhatRecurs(): Promise<void> {
  setTimeout(() => void makeWhatRecurs(), everyMs).unref();
  try {
    const made = await makeDue();
    if (made > 0) console.log(`ledger: made ${made} invoices that recur`);
  } catch (error) {
    console.error(`ledger: could not make what recurs: ${error}`);
  }
}

/** At once: nothing here outlives a request but the database's own transactions. */
function stop(): void {
  server.close();
  server.closeAllConnections();
  process.exit(0);
}

process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);
