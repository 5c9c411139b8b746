import { ink, type Sheet } from "./sheet.ts";

const left = "M1 4.5A3.5 3.5 0 0 1 4.5 1h1A3.5 3.5 0 0 1 9 4.5V14a4 5 0 0 1-8 0z";
const right = "M11 4.5A3.5 3.5 0 0 1 14.5 1h1A3.5 3.5 0 0 1 19 4.5V14a4 5 0 0 1-8 0z";

/** Two hulls side by side. */
export function drawMark(sheet: Sheet, x: number, y: number): void {
  const { doc } = sheet;
  doc.save().translate(x, y).lineWidth(2);
  doc.path(left).fillAndStroke(ink.accent, ink.accent);
  doc.path(right).strokeColor(ink.accent).stroke();
  doc.restore();
}
