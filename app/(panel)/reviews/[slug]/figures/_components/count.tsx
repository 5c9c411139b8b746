import { number } from "#components/time-words.ts";
import { PlainLink } from "#components/ui/plain-link.tsx";

/** A number that opens what it counts. */
export const Count = ({ n, href }: { n: number; href: string }) =>
  n === 0 ? "0" : <PlainLink href={href}>{number(n)}</PlainLink>;
