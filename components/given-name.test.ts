import { expect, test } from "vitest";
import { givenName, whose } from "./given-name.ts";

test("the first name stands for the whole, but not where names begin with the family", () => {
  expect(givenName("Jane Ashdown")).toBe("Jane");
  expect(givenName("Джейн Эшдаун")).toBe("Джейн");
  expect(givenName("杉本 みなえ")).toBe("杉本 みなえ");
  expect(givenName("Prince")).toBe("Prince");
});

test("whose it is", () => {
  expect(whose("Jane")).toBe("Jane’s");
  expect(whose("James")).toBe("James’");
});
