import { nameMaker } from "./names.ts";
import { type Random, seeded, zipf } from "./random.ts";

/** What a directory is made of; the same for the same seed and sizes. */
export type Sizes = { seed: number; accounts: number; users: number };
export const million: Sizes = { seed: 20_261_124, accounts: 50_000, users: 1_000_000 };

export type MadeAccount = {
  id: string;
  externalId: string;
  name: string;
  tier: string;
  stance: string;
};
export type MadeUser = {
  id: string;
  accountId: string;
  externalId: string;
  name: string;
  email: string;
  role: string;
  isOwner: boolean;
  isVip: boolean;
  kind: string;
  status: string;
  /** ISO 8601, or null: never signed in. */
  lastSeenAt: string | null;
  lang: string;
};

const until = Date.UTC(2026, 10, 24);
const day = 86_400_000;
const letters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
const first =
  "Alder Amber Birch Bright Cedar Clear Copper Corvale Crane Dawn Delta East Ember Falcon Fern Fox Garnet Glen Granite Grove Harbor Haven Hazel High Iron Ivory Juniper Keystone Kite Lake Lark Linden Lumen Maple Marsh Meadow Nord North Oak Onyx Opal Orchard Oxbow Pebble Pine Quarry Quill Raven Ridge River Rowan Sable Silver Sky Spring Stone Summit Sunder Swift Tallow Thistle Umber Vale Velvet West Willow Wind Winter Zephyr".split(
    " ",
  );
const second =
  "bridge brook field ford gate hill mere port side stead ton ville wick wood works yard".split(
    " ",
  );
const trade =
  "Bakery Clinics Freight Studio Tannery Trust Mutual Partners Foods Energy Software Logistics Dental Legal Books Motors Textiles Media Labs Insurance Bank Hotels Farms Health Travel Schools Brewery Garden Press Supply".split(
    " ",
  );
const roles = ["member", "member", "member", "bookkeeper", "viewer", "accountant", "manager"];

export function makeAccounts({ seed, accounts }: Sizes): MadeAccount[] {
  const random = seeded(seed);
  return Array.from({ length: accounts }, (_, index) => {
    const chance = random.next();
    return {
      id: uuid(random, index),
      externalId: `acc_${code(random, index)}`,
      name: `${random.pick(first)}${random.pick(second)} ${random.pick(trade)}`,
      tier: chance < 0.85 ? "standard" : chance < 0.95 ? "enterprise" : "regulated",
      stance: random.next() < 0.97 ? "allowed" : random.next() < 0.5 ? "opted_out" : "closed",
    };
  });
}

/** People one by one: a million need not be in memory. Large accounts are few. */
export function* makeUsers({ seed, users }: Sizes, accounts: MadeAccount[]): Generator<MadeUser> {
  const random = seeded(seed + 1);
  const makeName = nameMaker(random);
  const pickAccount = zipf(accounts.length, 0.6);
  for (let index = 0; index < users; index++) {
    // The first ones see to it that no account is empty.
    const account = accounts[index < accounts.length ? index : pickAccount(random)];
    if (!account) throw new Error("An account is missing");
    const { name, words, lang } = makeName();
    const seen = until - Math.floor(-Math.log(1 - random.next()) * 60 * day);
    yield {
      id: uuid(random, index),
      accountId: account.id,
      externalId: `usr_${code(random, index)}`,
      name,
      email: emailOf(random, words, account, index),
      role: random.pick(roles),
      isOwner: index < accounts.length,
      isVip: random.next() < 0.005,
      kind: random.next() < 0.99 ? "person" : "service",
      status: random.next() < 0.95 ? "active" : "deactivated",
      lastSeenAt: random.next() < 0.12 ? null : new Date(seen).toISOString(),
      lang,
    };
  }
}

function emailOf(random: Random, words: string[], account: MadeAccount, index: number): string {
  const plain = words.map((word) =>
    word
      .normalize("NFKD")
      .replace(/[^A-Za-z-]/g, "")
      .toLowerCase(),
  );
  const [given, family] = [plain[0] ?? "", plain.at(-1) ?? ""];
  const domain = `${account.name.toLowerCase().replaceAll(" ", random.pick(["", "-"]))}.test`;
  if (given.length < 2 || family.length < 2) return `user${index.toString(36)}@${domain}`;
  const local = random.pick([
    `${given}.${family}`,
    `${given}.${family}`,
    `${given[0]}${family}`,
    `${given}${index % 100}`,
    `${family}.${given[0]}`,
    `${given}_${family}${index % 1000}`,
  ]);
  return `${local}@${domain}`;
}

/** Six letters by chance and four that no other index has: ids as products make them. */
function code(random: Random, index: number): string {
  let text = "";
  for (let at = 0; at < 4; at++) text += letters[random.int(letters.length)];
  for (let rest = index, at = 0; at < 4; at++, rest = Math.floor(rest / letters.length))
    text += letters[rest % letters.length];
  return text;
}

/** As version 7 has it (RFC 9562): the time first, so that later ones come later. */
function uuid(random: Random, index: number): string {
  const time = (until - 400 * day + index * 30).toString(16).padStart(12, "0");
  const hex = (digits: number) =>
    random
      .int(16 ** digits)
      .toString(16)
      .padStart(digits, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-a${hex(3)}-${hex(6)}${hex(6)}`;
}
