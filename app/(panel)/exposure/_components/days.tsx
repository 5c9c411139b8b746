import { Day } from "../../reviews/_components/day.tsx";

const dayOf = (iso: string): string => iso.slice(0, 10);

/** "12 Oct", "12 Oct to 3 Nov": the days in UTC of two ISO times. */
export function Days({ first, last }: { first: string; last: string }) {
  const now = new Date();
  const [from, to] = [dayOf(first), dayOf(last)];
  return (
    <>
      <Day day={from} now={now} />
      {to !== from && (
        <>
          {" to "}
          <Day day={to} now={now} />
        </>
      )}
    </>
  );
}
