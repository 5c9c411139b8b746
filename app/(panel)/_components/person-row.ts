import { absolute, ago } from "#components/time-words.ts";
import type { SubjectFacts } from "#lib/directory/facts.ts";
import { subjectRefusal } from "#lib/policy/decide.ts";
import { sensitivity } from "#lib/policy/sensitivity.ts";
import type { AccountStance, Environment, Tier } from "#lib/vocabulary.ts";
import { sensitivityWords } from "#lib/vocabulary-labels.ts";

/** A person as a row shows them, in plain values: the same for the first paint and for what is typed after it. */
export type PersonRow = {
  id: string;
  /** Null where the person is another team's, and kept from the reader. */
  externalId: string | null;
  name: string;
  lang: string | null;
  /** Null where it is kept from the reader. */
  email: string | null;
  role: string;
  isService: boolean;
  account: { id: string; name: string; tier: Tier; stance: AccountStance; region: string | null };
  product: { name: string; environment: Environment };
  seen: { iso: string; words: string; whole: string } | null;
  /** Whether an agent may stand in: at once, after an approval, or not at all. */
  can: "ready" | "ask" | "no";
  /** Why an approval is needed, as clauses: "the account is regulated". */
  because: string[];
  refusal: { short: string; message: string } | null;
  /** The person is another team's: `can` is "no" for this reader, not for everybody. */
  isElsewhere: boolean;
};

type Seen = Omit<SubjectFacts, "email" | "externalId"> & {
  email: string | null;
  externalId: string | null;
  lang: string | null;
  lastSeenAt: Date | null;
  notTheirs: string | null;
};

export function personRow(subject: Seen, now: Date, zone: string): PersonRow {
  const { notTheirs } = subject;
  const elsewhere = notTheirs !== null && { short: "Not yours", message: notTheirs };
  const refusal = elsewhere || subjectRefusal(subject);
  const because = sensitivity(subject).map((one) => sensitivityWords[one]);
  const { account, product, lastSeenAt } = subject;
  return {
    id: subject.subjectId,
    externalId: subject.externalId,
    name: subject.name,
    lang: subject.lang,
    email: subject.email,
    role: [subject.role, subject.isVip && "VIP"].filter(Boolean).join(", "),
    isService: subject.kind === "service",
    account: {
      id: account.id,
      name: account.name,
      tier: account.tier,
      stance: account.stance,
      region: account.region,
    },
    product: { name: product.name, environment: product.environment },
    seen: lastSeenAt && {
      iso: lastSeenAt.toISOString(),
      words: ago(lastSeenAt, now, zone),
      whole: absolute(lastSeenAt, zone),
    },
    can: refusal ? "no" : because.length > 0 ? "ask" : "ready",
    because,
    refusal: refusal && { short: refusal.short, message: refusal.message },
    isElsewhere: elsewhere !== false,
  };
}
