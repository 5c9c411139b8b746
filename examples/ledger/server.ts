import { ledgerApp } from "./app.ts";
import { pushSoon } from "./directory.ts";
import { env } from "./env.ts";
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
});

/** At once: nothing here outlives a request but the database's own transactions. */
function stop(): void {
  server.close();
  server.closeAllConnections();
  process.exit(0);
}

process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);
