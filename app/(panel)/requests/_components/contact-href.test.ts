import { expect, test } from "vitest";
import { contactHref } from "./contact-href.ts";

test.each([
  ["+31 30 555 0142", "tel:+31305550142"],
  ["(030) 555-0142", "tel:0305550142"],
  ["duty@acme.test", "mailto:duty@acme.test"],
  ["the duty phone, then @mirela", null],
  ["", null],
  ["javascript:alert(1)", null],
])("%s can be pressed as %s", (contact, href) => {
  expect(contactHref(contact)).toBe(href);
});
