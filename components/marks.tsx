import type { ReactNode } from "react";
import type { AccountStance, RequestStatus, Scope, Tier } from "#lib/vocabulary.ts";
import { classes } from "./ui/classes.ts";
import { Icon, type IconName } from "./ui/icon.tsx";
import { Mark } from "./ui/mark.tsx";

export const scopeWords: Record<
  Scope,
  { icon: IconName; word: string; verb: string; name: "look" | "act" }
> = {
  read: { icon: "eye", word: "Looking", verb: "look", name: "look" },
  write: { icon: "pen", word: "Acting", verb: "act", name: "act" },
};

type ScopeMarkProps = {
  scope: Scope;
  /** Solid while it lasts; a tint with an edge when asked or past. */
  live?: boolean;
  /** Other words than "Looking" and "Acting": "Looking only", "You, now". */
  children?: ReactNode;
};

/** Looking is amber with an eye, acting red with a pen. These colours are for this alone. */
export function ScopeMark({ scope, live, children }: ScopeMarkProps) {
  const { icon, word, name } = scopeWords[scope];
  return (
    <span className={classes("mark", name, live && "now")}>
      <Icon name={icon} />
      {children ?? word}
    </span>
  );
}

/** Started without the approval that the policy wants. In ink: it is grave, and the scope beside it has its own colour. */
export function GlassMark({ children = "Break-glass" }: { children?: ReactNode }) {
  return (
    <Mark icon="bolt" tone="ink">
      {children}
    </Mark>
  );
}

/** One write among other entries. */
export function WriteMark({ children = "Write" }: { children?: ReactNode }) {
  return (
    <span className="mark act">
      <Icon name="pen" />
      {children}
    </span>
  );
}

const tierShapes: Record<Tier, { word: string; icon?: IconName }> = {
  standard: { word: "Standard" },
  enterprise: { word: "Enterprise", icon: "diamond" },
  regulated: { word: "Regulated", icon: "shield" },
};

/** A tier with its shape: a mark, or `inline` in a line of text. */
export function TierMark({ tier, inline }: { tier: Tier; inline?: boolean }) {
  const { word, icon } = tierShapes[tier];
  if (!inline) return <Mark icon={icon}>{word}</Mark>;
  return (
    <span className="tier nowrap">
      {icon && <Icon name={icon} />}
      {word}
    </span>
  );
}

/** Whether an account lets itself be stood in for; nothing where it does. */
export function StanceMark({ stance }: { stance: AccountStance }) {
  switch (stance) {
    case "allowed":
      return null;
    case "opted_out":
      return <Mark icon="ban">Opted out</Mark>;
    case "closed":
      return <Mark icon="ban">Closed</Mark>;
  }
}

const requestMarks: Record<
  RequestStatus,
  { word: string; icon: IconName; tone?: "accent" | "problem" }
> = {
  pending: { word: "Pending", icon: "half" },
  granted: { word: "Granted", icon: "check", tone: "accent" },
  used: { word: "Started", icon: "out" },
  denied: { word: "Denied", icon: "x", tone: "problem" },
  cancelled: { word: "Cancelled", icon: "x" },
  lapsed: { word: "Lapsed", icon: "clock" },
};

export function RequestMark({ status }: { status: RequestStatus }) {
  const { word, icon, tone } = requestMarks[status];
  return (
    <Mark icon={icon} tone={tone}>
      {word}
    </Mark>
  );
}

/** Who or what ended a session: "Ended by Runa Castellane". */
export function EndedMark({ children = "Ended" }: { children?: ReactNode }) {
  return <Mark icon="stop">{children}</Mark>;
}

export function RefusedMark({ children = "Refused" }: { children?: ReactNode }) {
  return (
    <Mark icon="ban" tone="problem">
      {children}
    </Mark>
  );
}

type CanProps = {
  /** Ready; needs an approval; not at all, and then the words say why. */
  can: "ready" | "ask" | "no";
  icon?: IconName;
  title?: string;
  children?: ReactNode;
};

const cans = {
  ready: { icon: "check", word: "Ready" },
  ask: { icon: "two", word: "Needs approval" },
  no: { icon: "ban", word: "Not possible" },
} as const;

/** "To stand in": words without a box. */
export function Can({ can, icon, title, children }: CanProps) {
  return (
    <span className={classes("can", can !== "ready" && can)} title={title}>
      <Icon name={icon ?? cans[can].icon} />
      {children ?? cans[can].word}
    </span>
  );
}
