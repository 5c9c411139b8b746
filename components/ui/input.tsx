import type { ComponentProps } from "react";
import { classes } from "./classes.ts";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input autoComplete="off" className={classes("input", className)} {...rest} />;
}

/** Made anew where its first choice changes: the form's own reset would else go back to the one before. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return (
    <select
      key={String(rest.defaultValue ?? "")}
      className={classes("select", className)}
      {...rest}
    />
  );
}
