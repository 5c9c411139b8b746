import { expect, test } from "vitest";
import {
  exposureSchema,
  startExposureSchema,
  startLogSchema,
  startSubjectSchema,
} from "./schemas.ts";

const id = "0199b4c2-1f0e-7a31-9c5d-000000000001";
const reason = "External audit, request 7";

test("days of an exposure are in order, in the calendar, and given", () => {
  const days = (from: string, to: string) =>
    exposureSchema.safeParse({ of: "actor", id, from, to }).success;
  expect(days("2026-03-01", "2026-03-01")).toBe(true);
  expect(days("2026-03-02", "2026-03-01")).toBe(false);
  expect(days("2026-02-30", "2026-03-01")).toBe(false);
  expect(days("", "2026-03-01")).toBe(false);
  expect(
    exposureSchema.safeParse({ of: "table", id, from: "2026-03-01", to: "2026-03-01" }).success,
  ).toBe(false);
  const asked = { of: "product", id, from: "2026-03-01", to: "2026-03-31", reason };
  expect(startExposureSchema.parse(asked)).toEqual(asked);
  expect(startExposureSchema.safeParse({ ...asked, reason: "short" }).success).toBe(false);
});

test("a filter is the page's, without the place in the list, and nothing else", () => {
  const filter = (query: string) =>
    startLogSchema.parse({ format: "csv", filter: query, reason }).filter;
  expect(filter(`actor=${id}&event=session.started&event=session.ended&before=x&sql=1`)).toEqual({
    actor: id,
    event: ["session.started", "session.ended"],
  });
  expect(filter("actor=1' or true&effect=all&from=2026-99-01")).toEqual({});
  expect(startLogSchema.safeParse({ format: "pdf", filter: "", reason }).success).toBe(false);
});

test("names are released with a reason of their own, and empty days are none", () => {
  const asked = { format: "pdf", subject: id, reason, from: "", to: "" };
  expect(startSubjectSchema.parse(asked)).toMatchObject({ from: undefined, to: undefined });
  expect(
    startSubjectSchema.safeParse({ ...asked, names: "1", namesReason: "because" }).success,
  ).toBe(false);
  expect(
    startSubjectSchema.safeParse({ ...asked, names: "1", namesReason: "A court ordered it" })
      .success,
  ).toBe(true);
});
