import { expect, it, test } from "vitest";
import { idsInAddress, pageAddress } from "./ids-in-address.ts";

const ids = (address: string) => idsInAddress(new URL(address));

test.each([
  ["https://ledger.test/invoices/INV-0315", ["inv-0315"]],
  ["https://ledger.test/admin/users/usr_7QK2M9/edit", ["usr_7qk2m9"]],
  ["https://ledger.test/admin/users/42", ["42"]],
  ["https://ledger.test/invoices/42?page=3&per=50", []],
  ["https://ledger.test/reports?account=acc_91TLWF&user_id=7", ["acc_91tlwf", "7"]],
  ["https://ledger.test/#/customers/acme?tab=2", ["acme"]],
  ["https://ledger.test/people/jane%40tallow.test", ["jane@tallow.test"]],
  ["https://ledger.test/users/settings", ["settings"]],
  ["https://ledger.test/users/members", []],
  ["https://ledger.test/%E0%A4%A/users", []],
  ["https://ledger.test/a%00@b/c%20d@e", []],
  ["https://ledger.test/", []],
])("reads %s", (address, expected) => {
  expect(ids(address)).toEqual(expected);
});

it("reads no more than a page can be about", () => {
  const many = Array.from({ length: 500 }, (_, n) => `user_${n}=usr_${n}`).join("&");
  expect(ids(`https://ledger.test/?${many}`)).toHaveLength(24);
});

test.each([
  "usr_7QK2M9",
  "SUP-4821",
  "javascript:alert(1)//https://ledger.test",
  "ftp://ledger.test/users/1",
  "https://ledger.test/a b",
  "https://jane:secret@ledger.test/users/1",
  `https://ledger.test/${"a".repeat(2000)}`,
  "https://",
])("takes %s for no page", (text) => {
  expect(pageAddress(text)).toBeNull();
});
