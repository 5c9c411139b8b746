import type { ReactNode } from "react";
import { classes } from "./classes.ts";

type CardProps = {
  /** With a title the card is a section of that name. */
  title?: ReactNode;
  id?: string;
  /** The name of a section that shows none. */
  label?: string;
  /** At the end of the head: a link, a count. */
  aside?: ReactNode;
  footer?: ReactNode;
  /** Without padding: for tables and lists. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
};

export function Card({ title, id, label, aside, footer, flush, className, children }: CardProps) {
  const named = title && id ? { "aria-labelledby": id } : { "aria-label": label };
  return (
    <section className={classes("card", className)} {...named}>
      {title && (
        <header>
          <h2 id={id}>{title}</h2>
          {aside && <div className="end sm">{aside}</div>}
        </header>
      )}
      {flush ? children : <div className="in">{children}</div>}
      {footer && <footer className="row">{footer}</footer>}
    </section>
  );
}
