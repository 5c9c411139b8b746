export type Line = { description: string; quantity: number; price_cents: number; vat: number };

/** What a line costs without VAT, in cents. */
export function netCents(line: Pick<Line, "quantity" | "price_cents">): number {
  return Math.round(line.quantity * line.price_cents);
}

/** What an invoice costs with VAT, each line rounded to the cent. */
export function totalCents(lines: readonly Omit<Line, "description">[]): number {
  return lines.reduce((sum, line) => {
    const net = netCents(line);
    return sum + net + Math.round((net * line.vat) / 100);
  }, 0);
}

/** `29 415.50`, with no-break spaces. */
export function amount(cents: number): string {
  const [whole = "0", part = "00"] = (Math.abs(cents) / 100).toFixed(2).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  return `${cents < 0 ? "−" : ""}${grouped}.${part}`;
}

/** Cents of `1 240.50` or `1240,5`; null when it is no amount. */
export function parseAmount(text: string): number | null {
  const plain = text.replace(/[\s\u00a0]/g, "").replace(",", ".");
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(plain)) return null;
  return Math.round(Number(plain) * 100);
}

/** As the history says it. */
export function lineText(line: Line): string {
  return `${line.description}, ${line.quantity} × € ${amount(line.price_cents)}, VAT ${line.vat} %`;
}
