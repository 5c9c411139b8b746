import { plot } from "./colours.ts";
import { drawFigure, type Figure, put, stepsTo, value } from "./figure.ts";
import { edge, type Sheet } from "./sheet.ts";

export type Columns = Figure & {
  /** What the lower, pale part and the upper, hatched part of a column are. */
  parts: readonly [lower: string, upper: string];
  /** Whether the parts are looking and acting, whose colours they then have. */
  ofScopes?: boolean;
  columns: readonly { label: string; lower: number; upper: number }[];
};

const high = 110;
const axis = 24;

/** Columns side by side in the order of time, each of two parts, its sum above it. */
export function drawColumns(sheet: Sheet, columns: Columns): void {
  drawFigure(sheet, columns, high + 46, (top) => {
    const { doc } = sheet;
    const all = columns.columns;
    const steps = stepsTo(Math.max(1, ...all.map(({ lower, upper }) => lower + upper)));
    const scale = high / (steps.at(-1) ?? 1);
    const floor = top + 12 + high;
    const first = edge.side + axis;
    const step = (sheet.right - first) / Math.max(1, all.length);
    const wide = Math.min(24, step * 0.7);
    for (const at of steps) {
      const y = floor - at * scale;
      doc.moveTo(first, y).lineTo(sheet.right, y).lineWidth(0.5);
      doc.strokeColor(at === 0 ? plot.axis : plot.grid).stroke();
      put(sheet, String(at), { x: first - 6, y: y + 2.5, align: "right" });
    }
    const every = Math.ceil(34 / step);
    all.forEach(({ label, lower, upper }, at) => {
      const middle = first + (at + 0.5) * step;
      const x = middle - wide / 2;
      const [low, up] = [lower * scale, upper * scale];
      if (low > 0) drawLower(doc, { x, y: floor - low, wide, tall: low }, columns.ofScopes);
      if (up > 0) drawUpper(doc, { x, y: floor - low - up, wide, tall: up }, columns.ofScopes);
      const sum = String(lower + upper);
      if (sum.length * 4.6 < step)
        put(sheet, sum, { x: middle, y: floor - low - up - 3, align: "middle", style: value });
      if (at % every === 0) put(sheet, label, { x: middle, y: floor + 11, align: "middle" });
    });
    drawKey(sheet, columns, floor + 28);
  });
}

type Box = { x: number; y: number; wide: number; tall: number };

function drawLower(doc: PDFKit.PDFDocument, { x, y, wide, tall }: Box, ofScopes = false): void {
  doc.rect(x, y, wide, tall).lineWidth(0.6);
  if (ofScopes) doc.fillAndStroke(plot.look, plot.lookEdge);
  else doc.fill(plot.middle);
}

/** Hatched, so that it differs in grey too. */
function drawUpper(doc: PDFKit.PDFDocument, { x, y, wide, tall }: Box, ofScopes = false): void {
  const [ground, lines] = ofScopes ? [plot.actGround, plot.act] : ["#ffffff", plot.full];
  doc.save().rect(x, y, wide, tall).clip();
  doc.rect(x, y, wide, tall).fill(ground);
  for (let from = x - tall; from < x + wide; from += 3)
    doc.moveTo(from, y + tall).lineTo(from + tall, y);
  doc.lineWidth(1).strokeColor(lines).stroke();
  doc.restore();
  doc.rect(x, y, wide, tall).lineWidth(0.6).strokeColor(lines).stroke();
}

function drawKey(sheet: Sheet, { parts, ofScopes }: Columns, y: number): void {
  const [lower, upper] = parts;
  const box = { wide: 9, tall: 7, y: y - 6 };
  drawLower(sheet.doc, { ...box, x: edge.side + axis }, ofScopes);
  put(sheet, lower, { x: edge.side + axis + 13, y });
  const second = edge.side + axis + 13 + lower.length * 4 + 16;
  drawUpper(sheet.doc, { ...box, x: second }, ofScopes);
  put(sheet, upper, { x: second + 13, y });
}
