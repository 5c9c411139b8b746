import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { expect, it } from "vitest";
import { faultOf } from "./fault.ts";

it("tells of a failed query where and why, not what it was asked with", async () => {
  const nowhere = new pg.Pool({ host: "127.0.0.1", port: 1 });
  const error: unknown = await drizzle(nowhere)
    .execute(sql`select ${"Jane Ashdown\n  at Jane"}`)
    .catch((thrown: unknown) => thrown);
  expect(String(error)).toContain("Jane Ashdown");
  const fault = faultOf(error);
  expect(JSON.stringify(fault)).not.toContain("Jane");
  expect(fault.at?.[0]).toMatch(/^at /);
  expect(fault.cause).toMatchObject({ code: "ECONNREFUSED" });
  await nowhere.end();
});

it("takes whatever is thrown", () => {
  expect(faultOf("Jane Ashdown")).toEqual({ name: "string" });
  expect(faultOf(undefined)).toEqual({ name: "undefined" });
  const digested = Object.assign(new TypeError("Jane"), { digest: "123" });
  expect(faultOf(digested)).toMatchObject({ name: "TypeError", digest: "123" });
});
