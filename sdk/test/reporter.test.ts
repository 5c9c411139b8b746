import { expect, test } from "vitest";
import { issuerClient } from "../core/issuer.ts";
import { resolve } from "../core/options.ts";
import { reporter } from "../core/reporter.ts";
import { memoryStore } from "../core/store.ts";
import { startIssuer } from "./issuer.ts";

test("a line that Alongside declines costs no other line its record", async () => {
  const publicUrl = "http://127.0.0.1:1";
  const issuer = await startIssuer(publicUrl);
  const { origin, clientId, clientSecret } = issuer;
  const options = { issuer: origin, clientId, clientSecret, publicUrl, product: "Shop" };
  const reports = reporter(issuerClient(resolve(options, memoryStore(Date.now))), () => {});
  issuer.declines = "/declined";
  for (const route of ["/first", "/second", "/declined", "/third"])
    reports.later("S-1", {
      id: crypto.randomUUID(),
      phase: "view",
      at: new Date().toISOString(),
      method: "GET",
      route,
      effect: "view",
      ip: null,
      user_agent: "test",
      seq: 1,
    });
  await reports.settle();
  expect(issuer.actions.map(({ route }) => route)).toEqual(["/first", "/second", "/third"]);
  await issuer.close();
});
