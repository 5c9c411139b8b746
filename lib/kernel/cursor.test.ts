import { expect, it } from "vitest";
import { readCursor, writeCursor } from "./cursor.ts";

const id = "01a20f34-9d2f-7282-a6ab-7a34d57a611b";

it("reads what it wrote, with its microseconds", () => {
  const place = { at: "2026-06-01 10:00:00.123456+00", id };
  expect(readCursor(writeCursor(place))).toEqual(place);
});

it.each([
  "0000-00-00 00:00:00+00",
  "9999-99-99 99:99:99+00",
  "2026-02-30 10:00:00+00",
  "2026-06-01 24:00:01+00",
  "0001-01-01 00:00:00+00",
  "2026-06-01",
  "infinity",
])("takes %s for no place", (at) => {
  expect(readCursor(writeCursor({ at, id }))).toBeNull();
});
