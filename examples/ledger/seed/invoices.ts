import { totalCents } from "../money.ts";
import type { Random } from "./random.ts";
import type { SeedAccount } from "./users.ts";

export type SeedClient = {
  id: string;
  account_id: string;
  name: string;
  email: string;
  city: string;
};
type SeedLine = { description: string; quantity: number; price_cents: number; vat: number };
export type SeedInvoice = {
  account_id: string;
  number: number;
  client_id: string;
  status: "draft" | "sent" | "paid";
  issued_on: string;
  due_on: string;
  paid_on: string | null;
  changed_at: string;
  note: string;
  total_cents: number;
  lines: SeedLine[];
};

const firstWords =
  "Harrowmere Lowick Vesna Öresten Strand Pell Brack Calder Dunlin Elmstead Fallow Garnet Hazel Ivory Jorvik Keld Linden Marrow Nordby Osier Pembury Quarle Rill Selby Teasel Umber Viola Wharfe Ynys Zinnia".split(
    " ",
  );
const lastWords =
  "Physio,Dental AB,& Daughters,Labs,Orthopaedics,& Sloe Fabrics,Joinery,Wholesale,Partners,Studio,Logistics,Optics,Gardens,Printing,Stores".split(
    ",",
  );
const cities = [
  "Utrecht",
  "Malmö",
  "Graz",
  "Gdańsk",
  "Porto",
  "Leuven",
  "Kaunas",
  "Aarhus",
  "Brno",
  "Galway",
];
const work = [
  "Consultation",
  "Monthly service",
  "Delivery",
  "Materials",
  "Installation",
  "Repair on site",
  "Annual licence",
  "Travel",
  "Design hours",
  "Undyed wool, 3-ply",
];
const dayMs = 86_400_000;

/** Clients whom drawings and guides name. */
const knownClients: Record<string, readonly string[]> = {
  "Tallowfield Clinics": [
    "Harrowmere Physio",
    "Öresten Dental AB",
    "Pell & Daughters",
    "Lowick Labs",
    "Vesna Orthopaedics",
  ],
  "Ardent Loom": ["Strand & Sloe Fabrics"],
};

export function seedClients(account: SeedAccount, random: Random): SeedClient[] {
  const names = new Set(knownClients[account.name] ?? []);
  const wanted = random.int(8, 16);
  while (names.size < wanted) names.add(`${random.pick(firstWords)} ${random.pick(lastWords)}`);
  return [...names].map((name) => {
    const domain = name
      .normalize("NFD")
      .toLowerCase()
      .replace(/[^a-z]/g, "");
    const email = `accounts@${domain}.test`;
    return { id: random.id("cli"), account_id: account.id, name, email, city: random.pick(cities) };
  });
}

export function seedInvoices(
  account: SeedAccount,
  clients: readonly SeedClient[],
  random: Random,
  now: number,
): SeedInvoice[] {
  const fixed = account.name === "Tallowfield Clinics";
  const count = fixed ? 148 : random.int(24, 90);
  const last = fixed ? 2213 : account.name === "Ardent Loom" ? 315 : random.int(count + 10, 4000);
  const invoices: SeedInvoice[] = [];
  let age = 0;
  for (let index = 0; index < count; index++) {
    const status = index < 2 ? "draft" : age < 20 || random.chance(0.06) ? "sent" : "paid";
    const lines = Array.from({ length: random.int(1, 4) }, () => line(random));
    const issued = now - age * dayMs;
    const paid = Math.min(issued + random.int(5, 40) * dayMs, now);
    // Working hours look more like work than midnight does.
    const paidOrIssued = (status === "paid" ? paid : issued) - random.int(4, 400) * 60_000;
    invoices.push({
      account_id: account.id,
      number: last - index,
      client_id: random.pick(clients).id,
      status,
      issued_on: date(issued),
      due_on: date(issued + 30 * dayMs),
      paid_on: status === "paid" ? date(paid) : null,
      changed_at: new Date(paidOrIssued).toISOString(),
      note: random.chance(0.3) ? "Thank you for your order." : "",
      total_cents: totalCents(lines),
      lines,
    });
    age += random.int(0, 4);
  }
  if (account.name === "Ardent Loom") askHalvor(invoices, clients);
  return invoices;
}

function line(random: Random): SeedLine {
  return {
    description: random.pick(work),
    quantity: random.int(1, 12),
    price_cents: random.int(8, 360) * 250,
    vat: random.pick([21, 21, 21, 9, 0]),
  };
}

/** The two drafts of ticket SUP-4833: their VAT rate is to be corrected. */
function askHalvor(invoices: SeedInvoice[], clients: readonly SeedClient[]): void {
  const strand = clients.find(({ name }) => name === "Strand & Sloe Fabrics");
  const lines = [
    { description: "Undyed wool, 3-ply", quantity: 40, price_cents: 3700, vat: 19 },
    { description: "Delivery", quantity: 1, price_cents: 6500, vat: 19 },
  ];
  for (const invoice of invoices) {
    if (invoice.number !== 315 && invoice.number !== 312) continue;
    const total_cents = totalCents(lines);
    Object.assign(invoice, { lines, total_cents, status: "draft", paid_on: null, note: "" });
    if (strand) invoice.client_id = strand.id;
  }
}

const date = (at: number) => new Date(at).toISOString().slice(0, 10);
