import { expect, test } from "vitest";
import { Lane } from "#db/lane.ts";
import { sendCsv } from "./send-csv.ts";

test("who finds no place is told so before anything is on record, and finds it later", async () => {
  const { signal } = new AbortController();
  const lane = new Lane(1, 0);
  let begun = 0;
  async function* table() {
    begun += 1;
    yield "a,b\r\n";
    yield Buffer.from("1,ü\r\n");
  }
  const first = await sendCsv("staff", "a.csv", table(), signal, lane);
  const second = await sendCsv("staff", "a.csv", table(), signal, lane);
  expect([first.status, second.status]).toEqual([200, 503]);
  expect(second.headers.get("retry-after")).toBe("60");
  expect(await first.text()).toBe("a,b\r\n1,ü\r\n");
  expect(begun).toBe(1);
  expect((await sendCsv("staff", "a.csv", table(), signal, lane)).status).toBe(200);
});
