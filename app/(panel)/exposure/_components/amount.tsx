import { number } from "../../audit/exports/words.ts";

type AmountProps = { n: number; one: string; many?: string };

/** A number; with what it counts where the table has no head. */
export const Amount = ({ n, one, many = `${one}s` }: AmountProps) => (
  <>
    {number(n)}
    <span className="unit"> {n === 1 ? one : many}</span>
  </>
);
