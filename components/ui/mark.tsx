import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./icon.tsx";

type MarkProps = {
  icon?: IconName;
  /** `bare` has no box. Amber and red are not here: see `ScopeMark`. */
  tone?: "plain" | "bare" | "accent" | "problem" | "ink";
  title?: string;
  children: ReactNode;
};

/** A state in an icon and two to six words. */
export function Mark({ icon, tone = "plain", title, children }: MarkProps) {
  return (
    <span className={classes("mark", tone !== "plain" && tone)} title={title}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
