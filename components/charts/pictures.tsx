"use client";
import { useEffect } from "react";

/** What of the styles is drawn: written into the picture, since it goes where no style sheet of ours is. */
const drawn = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap"],
  ...["font-family", "font-size", "font-weight", "text-anchor"],
];

/** Takes a plot out as a file, as it is on the page: what the buttons of the cards do. */
export function Pictures() {
  useEffect(() => {
    const clicked = ({ target }: MouseEvent) => {
      const button = target instanceof Element ? target.closest("[data-picture]") : null;
      const svg = button?.closest("figure")?.querySelector("svg");
      if (svg) save(pictureOf(svg), `${button?.getAttribute("data-picture")}.svg`);
    };
    document.addEventListener("click", clicked);
    return () => document.removeEventListener("click", clicked);
  }, []);
  return null;
}

const margin = 16;

function pictureOf(svg: SVGSVGElement): string {
  const copy = document.importNode(svg, true);
  const originals = [...svg.querySelectorAll("*")];
  for (const [n, element] of [...copy.querySelectorAll("*")].entries()) {
    const original = originals[n];
    if (!original) continue;
    const style = getComputedStyle(original);
    for (const name of drawn) element.setAttribute(name, style.getPropertyValue(name));
    for (const name of ["class", "href", "data-soft"]) element.removeAttribute(name);
  }
  const { width, height } = svg.viewBox.baseVal;
  const size = [width + 2 * margin, height + 2 * margin];
  copy.removeAttribute("class");
  copy.setAttribute("viewBox", [-margin, -margin, ...size].join(" "));
  copy.setAttribute("width", String(size[0]));
  copy.setAttribute("height", String(size[1]));
  copy.prepend(groundOf(svg));
  return new XMLSerializer().serializeToString(copy);
}

function groundOf(svg: SVGSVGElement): SVGRectElement {
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const card = svg.closest(".card") ?? document.body;
  ground.setAttribute("fill", getComputedStyle(card).backgroundColor);
  ground.setAttribute("x", String(-margin));
  ground.setAttribute("y", String(-margin));
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  return ground;
}

function save(text: string, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
