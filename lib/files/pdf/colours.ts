/** Those of the panel's plots, in its light theme: one hue, and amber and red for looking and acting alone. */
export const plot = {
  full: "#02578b",
  middle: "#569ac6",
  rest: "#d0d5d9",
  none: "#eff1f3",
  grid: "#e4e7ea",
  axis: "#c4cace",
  look: "#fff4d3",
  lookEdge: "#e7b551",
  act: "#c8131b",
  actGround: "#ffeeec",
};

/** A colour on white, from none of it (0) to all (1). */
export function shade(colour: string, share: number): string {
  const part = (at: number) => {
    const full = Number.parseInt(colour.slice(at, at + 2), 16);
    return Math.round(255 - (255 - full) * share)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${part(1)}${part(3)}${part(5)}`;
}
