import { inLedger, signInToLedger } from "#e2e/fixtures/ledger.ts";
import { test } from "./shoot.ts";
import { tour } from "./tour.ts";

test("Ledger for its customers", async ({ somebody, shoot }) => {
  const page = await somebody();
  await tour(page, shoot, [
    ["Ledger", "sign in", inLedger("/sign-in")],
    ["Ledger", "nothing there, signed out", inLedger("/nothing")],
  ]);
  await signInToLedger(page, "olu@pebblewick.test");
  await tour(
    page,
    shoot,
    [
      ["invoices", "/invoices"],
      ["a new invoice", "/invoices/new"],
      ["clients", "/clients"],
      ["reports", "/reports"],
      ["settings", "/settings"],
      ["password", "/settings/password"],
      ["support’s access", "/settings/support-access"],
      ["nothing there", "/nothing"],
    ].map(([state, path]) => ["Ledger", `own session: ${state}`, inLedger(path ?? "")] as const),
  );
});
