import { expect, test } from "vitest";
import { html, trusted } from "./html.ts";

test("text is escaped, markup is not, nothing is empty", () => {
  const name = `<b onclick="x">'&`;
  expect(html`<p title="${name}">${name}</p>`.text).toBe(
    '<p title="&#60;b onclick=&#34;x&#34;&#62;&#39;&#38;">&#60;b onclick=&#34;x&#34;&#62;&#39;&#38;</p>',
  );
  expect(html`${[html`<i>${1}</i>`, trusted("<hr>")]}${null}${false}${undefined}`.text).toBe(
    "<i>1</i><hr>",
  );
});
