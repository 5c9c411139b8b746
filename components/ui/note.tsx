import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Told } from "./told.tsx";

type NoteProps = {
  tone?: "plain" | "accent" | "problem";
  icon?: IconName;
  title?: ReactNode;
  level?: "h2" | "h3";
  /** A refusal or error that has just come is read at once; `status` politely. */
  role?: "alert" | "status";
  /** Of a `status`: it is told once more when this is another. */
  news?: unknown;
  /** The way on. */
  actions?: ReactNode;
  className?: string;
  children?: ReactNode;
};

const icons = { plain: "info", accent: "two", problem: "ban" } as const;

/** A few sentences beside what they are about. A refusal is: what was refused, why, what now. */
export function Note({
  tone = "plain",
  icon,
  title,
  level: Heading = "h2",
  role,
  news,
  actions,
  className,
  children,
}: NoteProps) {
  const look = classes("note", tone !== "plain" && tone, className);
  const said = (
    <>
      <Icon name={icon ?? icons[tone]} />
      {title && <Heading>{title}</Heading>}
      {typeof children === "string" ? <p>{children}</p> : children}
      {actions && <div className="row pt-1">{actions}</div>}
    </>
  );
  if (role === "status")
    return (
      <Told className={look} news={news}>
        {said}
      </Told>
    );
  return (
    <div className={look} role={role}>
      {said}
    </div>
  );
}
