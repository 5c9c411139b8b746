import type { ComponentProps } from "react";
import { classes } from "./classes.ts";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input autoComplete="off" className={classes("input", className)} {...rest} />;
}

export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select className={classes("select", className)} {...rest} />;
}
