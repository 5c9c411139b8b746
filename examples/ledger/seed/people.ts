import type { Role } from "../people.ts";

/** People whom the guides, drawings and tests know by name. `seen`: minutes before now. */
export type Fixed = {
  account: string;
  name: string;
  email: string;
  role: Role;
  id?: string;
  lang?: string;
  vip?: true;
  status?: "deactivated";
  kind?: "service";
  seen: number | null;
};

const day = 24 * 60;

export const fixedPeople: readonly Fixed[] = [
  {
    account: "Tallowfield Clinics",
    name: "Jane Ashdown",
    email: "jane.ashdown@tallowfield.test",
    role: "owner",
    id: "usr_7QK2M9",
    seen: 14,
  },
  {
    account: "Tallowfield Clinics",
    name: "Corin Pell",
    email: "corin.pell@tallowfield.test",
    role: "bookkeeper",
    seen: 180,
  },
  {
    account: "Tallowfield Clinics",
    name: "Ερατώ Δρυμαία",
    email: "erato@tallowfield.test",
    role: "member",
    lang: "el",
    seen: day,
  },
  // Has the e-mail of a member of staff: nobody may ever stand in for them.
  {
    account: "Tallowfield Clinics",
    name: "B. Okonvale",
    email: "bram.okonvale@alongside.test",
    role: "member",
    seen: null,
  },
  {
    account: "Tallowfield Clinics",
    name: "Nightly export",
    email: "nightly-export@tallowfield.test",
    role: "member",
    kind: "service",
    id: "svc_0QX1T2",
    seen: 120,
  },
  {
    account: "Tallowfield Clinics",
    name: "Maren Kjolstad-Ufe",
    email: "maren@tallowfield.test",
    role: "member",
    status: "deactivated",
    seen: 76 * day,
  },
  {
    account: "Pebblewick Bakery",
    name: "Jane Ashdown",
    email: "jane@pebblewick.test",
    role: "member",
    seen: 120,
  },
  {
    account: "Pebblewick Bakery",
    name: "Olu Braithe",
    email: "olu@pebblewick.test",
    role: "member",
    seen: 35,
  },
  {
    account: "Pebblewick Bakery",
    name: "Ruta Bellweather",
    email: "ruta@tallybooks.test",
    role: "bookkeeper",
    seen: 2 * day,
  },
  // The same person keeps the books of two customers, under one e-mail.
  {
    account: "Lumen & Thatch",
    name: "Ruta Bellweather",
    email: "ruta@tallybooks.test",
    role: "bookkeeper",
    seen: 3 * day,
  },
  {
    account: "Quennell Freight",
    name: "Jane Ashdown",
    email: "jane.ashdown@quennell.test",
    role: "bookkeeper",
    seen: day,
  },
  {
    account: "Quennell Freight",
    name: "Gita Wren",
    email: "gita.wren@quennell.test",
    role: "member",
    seen: 50,
  },
  {
    account: "Quennell Freight",
    name: "Aino Kallaste-Roy",
    email: "aino@quennell.test",
    role: "admin",
    seen: 90,
  },
  {
    account: "Kitehill Studio",
    name: "Jane Ashdowne-Tull",
    email: "jane@kitehill.test",
    role: "member",
    seen: 21 * day,
  },
  {
    account: "Oxbow Tannery",
    name: "Джейн Эшдаун",
    email: "d.eshdaun@oxbow.test",
    role: "member",
    lang: "ru",
    seen: 180,
  },
  {
    account: "Lumen & Thatch",
    name: "Jāne Āšdauna",
    email: "jane.asdauna@lumenthatch.test",
    role: "member",
    lang: "lv",
    seen: 6 * day,
  },
  {
    account: "Corvale Mutual",
    name: "Jane Ashdown",
    email: "jane.ashdown@corvale.test",
    role: "member",
    seen: 76 * day,
  },
  {
    account: "Sundermere Trust",
    name: "杉本 みなえ",
    email: "minae.sugimoto@sundermere.test",
    role: "member",
    lang: "ja",
    seen: 25,
  },
  {
    account: "Sundermere Trust",
    name: "Liv Marchetti-Oe",
    email: "liv@sundermere.test",
    role: "bookkeeper",
    seen: 300,
  },
  {
    account: "Ardent Loom",
    name: "Halvor Venn-Ruiz",
    email: "halvor@ardentloom.test",
    role: "member",
    id: "usr_2MX81C",
    seen: 5,
  },
  {
    account: "Ardent Loom",
    name: "Ingrith Solberg-Amani",
    email: "ingrith@ardentloom.test",
    role: "member",
    vip: true,
    seen: 400,
  },
];

export type FixedTicket = {
  id: string;
  of: string;
  title: string;
  status: "open" | "closed";
  assignee: string | null;
};

/** `of` is the e-mail of who opened it. */
export const fixedTickets: readonly FixedTicket[] = [
  {
    id: "SUP-4821",
    of: "jane.ashdown@tallowfield.test",
    title: "Invoices shown twice",
    status: "open",
    assignee: "teodora.quill",
  },
  {
    id: "SUP-4833",
    of: "halvor@ardentloom.test",
    title: "Correct the VAT rate on two drafts",
    status: "open",
    assignee: "bram.okonvale",
  },
  {
    id: "SUP-4829",
    of: "minae.sugimoto@sundermere.test",
    title: "Which invoices are overdue?",
    status: "open",
    assignee: "suri.halvane",
  },
  {
    id: "SUP-4790",
    of: "jane.ashdown@tallowfield.test",
    title: "Cannot find an old invoice",
    status: "closed",
    assignee: "bram.okonvale",
  },
  {
    id: "SUP-4836",
    of: "jane@pebblewick.test",
    title: "Report shows last year’s sum",
    status: "open",
    assignee: "teodora.quill",
  },
  {
    id: "SUP-4837",
    of: "olu@pebblewick.test",
    title: "Client does not get our messages",
    status: "open",
    assignee: "teodora.quill",
  },
  {
    id: "SUP-4838",
    of: "aino@quennell.test",
    title: "Set up payment days for all clients",
    status: "open",
    assignee: "nadim.ferrowe",
  },
  {
    id: "SUP-4840",
    of: "gita.wren@quennell.test",
    title: "Totals differ from the bank",
    status: "open",
    assignee: "ismene.marrowe",
  },
  {
    id: "SUP-4377",
    of: "jane.ashdown@tallowfield.test",
    title: "Wrong due date on reminders",
    status: "closed",
    assignee: "teodora.quill",
  },
  {
    id: "SUP-4290",
    of: "corin.pell@tallowfield.test",
    title: "Where is the quarter report?",
    status: "closed",
    assignee: "teodora.quill",
  },
  {
    id: "SUP-4102",
    of: "corin.pell@tallowfield.test",
    title: "Payment days are ignored",
    status: "closed",
    assignee: "teodora.quill",
  },
  {
    id: "SEC-112",
    of: "gita.wren@quennell.test",
    title: "Sign-ins from an unknown place",
    status: "open",
    assignee: "ismene.marrowe",
  },
];

export const ticketTitles = [
  "An invoice is missing from the list",
  "Client says that a message never came",
  "VAT is rounded differently than in our books",
  "How do I change the payment days?",
  "Total of the quarter looks wrong",
  "Page is slow with many invoices",
  "Cannot save a draft",
  "Download stops half-way",
  "Client was entered twice",
  "Note to the client is cut off",
];

export const agents = [
  "teodora.quill",
  "bram.okonvale",
  "suri.halvane",
  "nadim.ferrowe",
  "ismene.marrowe",
];
