import { Markup, markup, type Value } from "./markup.ts";

type PlotCard = {
  id: string;
  /** Says what is drawn. */
  title: string;
  legend?: readonly { of: string; words: string }[];
  /** One sentence under the drawing. */
  note?: Value;
  /** The way to the same in words and numbers. */
  more?: { href: string; words: string; of: string };
  /** A drawing without a link, which must be reached by keyboard where it scrolls. */
  scrolls?: boolean;
};

/** A drawing as a card, with its legend, a sentence and the way to its table. */
export function plotCard(card: PlotCard, inside: Value): Markup {
  const { id, title, legend = [], note, more, scrolls } = card;
  const keys = legend.map(
    ({ of, words }) => markup`<span><i class='key-${of}' aria-hidden='true'></i>${words}</span>`,
  );
  const legends = keys.length > 0 && markup`<span class='legend end'>${keys}</span>`;
  const head = markup`<header><h2 id='${id}'>${title}</h2>${legends}</header>`;
  const body = scrolls
    ? markup`<section class='in' aria-label='${title}' tabindex='0'>${inside}</section>`
    : markup`<div class='in'>${inside}</div>`;
  const way = more
    ? markup`<a href='${more.href}' data-soft>${more.words}<span class='vh'>: ${more.of}</span></a>`
    : null;
  const picture =
    inside instanceof Markup && inside.text.includes("<svg")
      ? markup`<button type='button' data-picture='${title}'>Picture<span class='vh'>: ${title}</span></button>`
      : null;
  const said = note ? markup`<p class='faint'>${note}</p>` : null;
  const foot =
    (way || picture || said) && markup`<div class='plot-foot'>${way}${picture}${said}</div>`;
  return markup`<figure class='card plot-card' aria-labelledby='${id}'>${head}${body}${foot}</figure>`;
}

/** In the place of a drawing of nothing. */
export const emptyPlot = (icon: string, title: string, words: string): Markup =>
  markup`<div class='empty' data-empty='nothing'><i class='i i-${icon}' aria-hidden='true'></i><h3>${title}</h3><p>${words}</p></div>`;
