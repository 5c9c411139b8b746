import type { ReactNode } from "react";
import type { Tier } from "#lib/vocabulary.ts";
import { initials } from "./initials.ts";
import { TierMark } from "./marks.tsx";
import { classes } from "./ui/classes.ts";
import { Icon } from "./ui/icon.tsx";

type DiscSize = "small" | "normal" | "large";
type DiscProps = { name: string; size?: DiscSize };

const sizes = { small: "s", normal: undefined, large: "l" } as const;

/** Staff discs are blue. Beside the name, so hidden from screen readers. */
export function StaffDisc({ name, size = "normal" }: DiscProps) {
  return (
    <span className={classes("av staff", sizes[size])} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

/** Customers' discs are grey; a service user has a key for a face. */
export function SubjectDisc({ name, size = "normal", service }: DiscProps & { service?: boolean }) {
  return (
    <span className={classes("av", sizes[size])} aria-hidden="true">
      {service ? <Icon name="key" /> : initials(name)}
    </span>
  );
}

/** Actor and subject, actor first; they touch and never overlap. */
export function PairDiscs({
  actor,
  subject,
  size,
}: {
  actor: string;
  subject: string;
  size?: DiscSize;
}) {
  return (
    <span className="pair" aria-hidden="true">
      <StaffDisc name={actor} size={size} />
      <SubjectDisc name={subject} size={size} />
    </span>
  );
}

/** Accounts have squares. */
export function AccountSquare({ name }: { name: string }) {
  return (
    <span className="sq" aria-hidden="true">
      {initials(name)}
    </span>
  );
}

type WhoProps = {
  /** A plain name, a link of class `cell`, or a name with its match marked. */
  name: ReactNode;
  /** The second line: e-mail in search, role and team for staff, "since 10:31". */
  second?: ReactNode;
  disc?: ReactNode;
  lang?: string | null;
};

/** A person in a row: disc, name, second line. */
export function Who({ name, second, disc, lang }: WhoProps) {
  const words = (
    <span className="who">
      <span className="name clamp" lang={lang ?? undefined}>
        {name}
      </span>
      {second && <small className="clamp">{second}</small>}
    </span>
  );
  return disc ? (
    <span className="row fix">
      {disc}
      {words}
    </span>
  ) : (
    words
  );
}

type AccountLineProps = {
  name: ReactNode;
  tier: Tier;
  /** "owner", "opted out". */
  after?: ReactNode;
};

/** An account in a row: its name, then its tier with its shape. */
export function AccountLine({ name, tier, after }: AccountLineProps) {
  return (
    <span className="who">
      <span className="name clamp">{name}</span>
      <small>
        <TierMark tier={tier} inline />
        {after && <> · {after}</>}
      </small>
    </span>
  );
}
