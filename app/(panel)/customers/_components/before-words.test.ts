import { expect, test } from "vitest";
import { type Customer, noneOf, titleOf } from "./before-words.ts";
import { shows } from "./show-params.ts";

const jane: Customer = { kind: "person", id: "j", name: "Jane Ashdown" };
const northwind: Customer = { kind: "account", id: "n", name: "Northwind" };

test("a heading says whose past it is", () => {
  expect(titleOf("sessions", jane, "own")).toBe("When you stood in for Jane");
  expect(titleOf("sessions", northwind, "team")).toBe("Who stood in here");
  expect(titleOf("changes", jane, "all")).toBe("What was changed as Jane");
});

test("where there is nothing, it says whose nothing it is, and who sees the rest", () => {
  expect(noneOf("sessions", jane, "own")).toEqual({
    title: "You have not stood in for Jane yet",
    body: "A session stands here as soon as it has ended. What colleagues do is for their manager and compliance to see.",
  });
  expect(noneOf("changes", northwind, "team").title).toBe(
    "Nobody of your team has changed anything at Northwind",
  );
  expect(noneOf("requests", northwind, "all")).toEqual({
    title: "No request for anybody at Northwind came to nothing",
    body: "What is denied, taken back or lapses stands here, with the words of who decided.",
  });
});

test("to whoever sees everything nothing is said of what they do not see", () => {
  for (const show of shows) expect(noneOf(show, jane, "all").body).not.toContain("to see");
});
