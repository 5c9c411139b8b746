import { Confirmed } from "#components/ui/toast.tsx";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { ForgetQuery } from "../../_components/forget-query.tsx";

/** Confirms an ending that led here; `number` is what the address says. */
export function EndedToast({ number }: { number: string | undefined }) {
  if (!number || !/^\d{1,9}$/.test(number)) return null;
  return (
    <>
      <Confirmed
        id={`ended-${number}`}
        text={`${sessionNumber(Number(number))} is ended. Its next write is refused.`}
      />
      <ForgetQuery name="ended" />
    </>
  );
}
