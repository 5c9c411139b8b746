import { beforeEach, expect, test, vi } from "vitest";
import { halvor, type Own, send, standInFor, startLedger } from "./testing.ts";

const { issuer, pool, signIn, agent } = await startLedger();
beforeEach(() => standInFor(issuer, halvor));

/** The stream as a page opens it, from the last entry that the page shows. */
async function open(own: Own) {
  const page = await (await own.visit("/activity")).text();
  const last = /data-feed="(\d+)"/.exec(page)?.[1] ?? "0";
  const headers = { accept: "text/event-stream" };
  const answer = await own.visit(`/activity/stream?after=${last}`, { headers });
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error("a stream has a body");
  let text = "";
  return {
    /** Reads on until these words came. False: it ended before. */
    async until(words: string): Promise<boolean> {
      while (!text.includes(words)) {
        const part = await reader.read().catch(() => ({ done: true, value: "" }));
        if (part.done) return false;
        text += part.value;
      }
      return true;
    },
    heard: () => text,
    close: () => reader.cancel(),
  };
}

const add = (own: Own) =>
  send(own, "/clients", "/clients", { name: "Somebody", email: "a@b.test", city: "" });

test("what happens is seen by those who look, the moment after, under its author’s name", async () => {
  const own = await signIn("halvor@ardentloom.test");
  const support = await agent();
  const [mine, theirs] = [await open(own), await open(support)];
  expect((await add(support)).status).toBe(303);
  const words = "<strong>Ledger Support, for Halvor</strong> added the client";
  expect(await mine.until(words)).toBe(true);
  expect(await theirs.until(words)).toBe(true);
  await mine.close();
  await theirs.close();
});

test("the stream of who stood in tells nothing after the end; the customer’s own goes on", async () => {
  const own = await signIn("halvor@ardentloom.test");
  const support = await agent();
  const [mine, theirs] = [await open(own), await open(support)];
  await support.post("/alongside/end");
  expect((await add(own)).status).toBe(303);
  expect(await theirs.until("<strong>Halvor Venn-Ruiz</strong> added the client")).toBe(false);
  expect(await mine.until("<strong>Halvor Venn-Ruiz</strong> added the client")).toBe(true);
  await mine.close();
});

test("who signs out hears nothing more, and nobody hears of another company", async () => {
  const own = await signIn("halvor@ardentloom.test");
  const jane = await signIn("jane@pebblewick.test");
  const [mine, others] = [await open(own), await open(jane)];
  expect((await add(own)).status).toBe(303);
  expect(await mine.until("added the client")).toBe(true);
  expect((await send(own, "/activity", "/sign-out", {})).status).toBe(303);
  expect(await mine.until("never said")).toBe(false);
  await add(jane);
  expect(await others.until("<strong>Jane Ashdown</strong> added the client")).toBe(true);
  expect(others.heard()).not.toContain("Halvor");
  await others.close();
});

test("one look is for all pages that are open, however many", async () => {
  const own = await signIn("halvor@ardentloom.test");
  const jane = await signIn("jane@pebblewick.test");
  const pages = await Promise.all([own, own, own, jane, jane].map(open));
  for (const page of pages) expect(await page.until(": here")).toBe(true);
  const asked = vi.spyOn(pool, "query");
  const texts = (which: RegExp) =>
    asked.mock.calls.map(([text]) => String(text)).filter((text) => which.test(text));
  await vi.waitUntil(() => texts(/account_id FROM history/).length >= 2, { timeout: 10_000 });
  expect(texts(/FROM history WHERE account_id/)).toEqual([]);
  expect(texts(/FROM sign_ins/).length).toBeLessThanOrEqual(3);
  await add(own);
  const all = await Promise.all(pages.slice(0, 3).map((page) => page.until("added the client")));
  expect(all).toEqual([true, true, true]);
  expect(pages[3]?.heard()).not.toContain("added the client");
  asked.mockRestore();
  for (const page of pages) await page.close();
});
