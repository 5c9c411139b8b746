import { freePort } from "#db/embedded/port.ts";
import { ledgerApp } from "../examples/ledger/app.ts";
import { door } from "../examples/ledger/door.ts";
import { env } from "../examples/ledger/env.ts";
import { prepare } from "../examples/ledger/prepare.ts";

/*
 * The demo product twice in one process, over one database: as it is, and without the SDK's middleware. Started by
 * `sdk.ts`, to which it says its two addresses.
 */

const tell = process.send?.bind(process);
if (!tell) throw new Error("bench/sdk.ts starts this");
await prepare();
const withSdk = ledgerApp();
const without = ledgerApp();
const before = without.router.stack.length;
without.router.stack = without.router.stack.filter(({ handle }) => handle !== door.middleware);
if (without.router.stack.length !== before - 1) throw new Error("The middleware was not found");

const ports = [env.port, await freePort()];
const apps = [withSdk, without];
for (const [i, port] of ports.entries())
  await new Promise<void>((done) => apps[i]?.listen(port, "127.0.0.1", () => done()));
tell(ports.map((port) => `http://127.0.0.1:${port}`));
process.on("disconnect", () => process.exit(0));
