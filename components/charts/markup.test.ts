import { expect, test } from "vitest";
import { markup } from "./markup.ts";

test("whatever is put in stays text, in an element and in an attribute", () => {
  const name = `<img src=x onerror="alert('1')"> & co`;
  const { text } = markup`<p title='${name}'>${name}</p>`;
  const safe = "&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62; &#38; co";
  expect(text).toBe(`<p title='${safe}'>${safe}</p>`);
});

test("markup within markup is written as it is, and lists one after the other", () => {
  const bold = (word: string) => markup`<b>${word}</b>`;
  expect(markup`<p>${["<", bold(">"), bold("b")]}</p>`.text).toBe(
    "<p>&#60;<b>&#62;</b><b>b</b></p>",
  );
});

test("nothing is written of what is not there; numbers have one decimal", () => {
  expect(markup`${null}${undefined}${false}${0} ${1.25} ${12.3456}`.text).toBe("0 1.3 12.3");
});

test("letters of any script and line ends are written by their number", () => {
  expect(markup`<p>${"Zoë’s 💡\n"}</p>`.text).toBe("<p>Zo&#235;&#8217;s &#128161;&#10;</p>");
});
