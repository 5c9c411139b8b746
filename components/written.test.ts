import { createElement as h } from "react";
import { expect, test } from "vitest";
import { Card } from "./ui/card.tsx";
import { Meter } from "./ui/meter.tsx";
import { PlainLink } from "./ui/plain-link.tsx";
import { written } from "./written.ts";

test("what somebody is called stays text, in an element and in an attribute", () => {
  const name = `<img src=x onerror="alert('1')"> & co`;
  const safe = "&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62; &#38; co";
  expect(written(h("p", { title: name }, name))).toBe(`<p title='${safe}'>${safe}</p>`);
  expect(written(h(PlainLink, { href: name }, [name]))).toBe(
    `<a data-soft='' href='${safe}'>${safe}</a>`,
  );
});

test("components are written as the elements that they are made of, without what is not there", () => {
  const children = [false, "4", " of ", 0, h("br", { key: "br" })];
  const card = h(Card, { id: "decided", title: "Decided", flush: true, aside: null, children });
  expect(written(card)).toBe(
    "<section class='card' aria-labelledby='decided'><header><h2 id='decided'>Decided</h2></header>4 of 0<br></section>",
  );
});

test("a word of ARIA is said, false too; another attribute is there or not", () => {
  expect(written(h("i", { "aria-hidden": true, "aria-expanded": false, hidden: false }))).toBe(
    "<i aria-hidden='true' aria-expanded='false'></i>",
  );
  expect(written(h("details", { open: true }))).toBe("<details open=''></details>");
  expect(written(h(Meter, { value: 1, max: 4 }))).toContain("viewBox='0 0 100 1'");
});

test("an address that is a script is refused, as React refuses it", () => {
  for (const href of ["javascript:alert(1)", " java\nscript:alert(1)", "\u0001JavaScript:alert(1)"])
    expect(() => written(h("a", { href }, "x")), href).toThrow("script");
  expect(written(h("a", { href: "/javascript:" }, "x"))).toBe("<a href='/javascript:'>x</a>");
});

test("what lives on in the browser, or waits, is refused and not left out", () => {
  expect(() => written(h("p", { onClick: () => undefined }))).toThrow("onClick");
  expect(() => written(h("p", { style: { color: "red" } }))).toThrow("style");
  expect(() => written(h(async () => h("p")))).toThrow("waits");
});
