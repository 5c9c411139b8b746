import { expect, test } from "vitest";
import { pageOfProduct } from "./page-of-product.ts";

const origin = "https://ledger.test";

test.each([
  [
    "https://ledger.test/invoices/INV-1?tab=2&q=a%26b#end",
    "https://ledger.test/invoices/INV-1?tab=2&q=a%26b#end",
  ],
  ["/invoices?status=open", "https://ledger.test/invoices?status=open"],
])("%s is a page of the product", (said, target) => {
  expect(pageOfProduct(said, origin)).toEqual({ target, foreign: "" });
});

test.each([
  "https://evil.test/invoices",
  "https://ledger.test.evil.test/",
  "https://ledger.test@evil.test/",
  "https://jane:secret@ledger.test/",
  "http://ledger.test/invoices",
  "https://ledger.test:8443/",
  "//evil.test/invoices",
  "/\\evil.test/invoices",
  "javascript:alert(1)",
  "data:text/html,hello",
])("%s is none, and is left out", (said) => {
  expect(pageOfProduct(said, origin)).toEqual({ target: "", foreign: said });
});

test("nothing said is nothing left out", () => {
  expect(pageOfProduct(undefined, origin)).toEqual({ target: "", foreign: "" });
});
