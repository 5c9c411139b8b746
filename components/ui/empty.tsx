import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./icon.tsx";

type EmptyProps = {
  /** nothing: what will come, and when. no-match: nearest, clear. not-allowed: who may, where to go. */
  kind: "nothing" | "no-match" | "not-allowed" | "stopped";
  title: ReactNode;
  icon?: IconName;
  /** The way on: one button or link. */
  action?: ReactNode;
  /** As a card of its own; without, inside one. */
  card?: boolean;
  level?: "h1" | "h2" | "h3";
  /** Above the title of a whole page: 404. */
  code?: string;
  children?: ReactNode;
};

const icons = {
  nothing: "inbox",
  "no-match": "search",
  "not-allowed": "lock",
  stopped: "warn",
} as const;

export function Empty(props: EmptyProps) {
  const { kind, title, icon, action, card, level: Heading = "h2", code, children } = props;
  return (
    <div className={classes("empty", card && "card")} data-empty={kind}>
      {code ? <span className="mono code">{code}</span> : <Icon name={icon ?? icons[kind]} />}
      <Heading>{title}</Heading>
      {typeof children === "string" ? <p>{children}</p> : children}
      {action}
    </div>
  );
}
