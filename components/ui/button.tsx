import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Kbd } from "./kbd.tsx";
import { PlainLink } from "./plain-link.tsx";

export type ButtonLook = {
  /** One `primary` on a screen; `ink` for what is grave (End session); `problem` never louder than its neighbour. */
  variant?: "plain" | "primary" | "ink" | "quiet" | "problem";
  size?: "normal" | "large";
  icon?: IconName;
  iconAfter?: IconName;
  /** The key that leads here, shown; `data-key` is set so that the keyboard layer finds it. */
  shortcut?: string;
};

export const buttonClass = ({ variant, size }: ButtonLook, more?: string): string =>
  classes("btn", variant && variant !== "plain" && variant, size === "large" && "lg", more);

/** What is inside a button or a link that looks like one. */
export function ButtonInside({
  icon,
  iconAfter,
  shortcut,
  children,
}: ButtonLook & { children: ReactNode }) {
  return (
    <>
      {icon && <Icon name={icon} />}
      {children}
      {iconAfter && <Icon name={iconAfter} />}
      {shortcut && <Kbd seenOnly>{shortcut}</Kbd>}
    </>
  );
}

const keyProps = (shortcut: string | undefined) =>
  shortcut && /^[A-Za-z0-9]$/.test(shortcut)
    ? { "data-key": shortcut.toLowerCase(), "aria-keyshortcuts": shortcut.toLowerCase() }
    : {};

type ButtonProps = ButtonLook & ComponentProps<"button">;

/** A button that does not send a form; for that, see `SubmitButton`. */
export function Button({
  variant,
  size,
  icon,
  iconAfter,
  shortcut,
  className,
  children,
  ...rest
}: ButtonProps) {
  const look = { variant, size, icon, iconAfter, shortcut };
  return (
    <button
      type="button"
      className={buttonClass(look, className)}
      {...keyProps(shortcut)}
      {...rest}
    >
      <ButtonInside {...look}>{children}</ButtonInside>
    </button>
  );
}

type ButtonLinkProps = ButtonLook & ComponentProps<typeof PlainLink>;

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function ButtonLink({
  variant,
  size,
  icon,
  iconAfter,
  shortcut,
  className,
  children,
  ...rest
}: ButtonLinkProps) {
  const look = { variant, size, icon, iconAfter, shortcut };
  return (
    <PlainLink className={buttonClass(look, className)} {...keyProps(shortcut)} {...rest}>
      <ButtonInside {...look}>{children}</ButtonInside>
    </PlainLink>
  );
}
