import { cityOf } from "#components/time-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { Period } from "#lib/evidence/controls/period.ts";

/** Which days: a GET, so that the address says them. */
export function PeriodForm({ period: { firstDay, lastDay, zone } }: { period: Period }) {
  return (
    <form action="/evidence" className="period row" aria-label="Period">
      <Field small name="from" label="From">
        {(wiring) => <Input {...wiring} type="date" defaultValue={firstDay} />}
      </Field>
      <Field small name="to" label="To">
        {(wiring) => <Input {...wiring} type="date" defaultValue={lastDay} />}
      </Field>
      <Button type="submit" size="large">
        Show this period
      </Button>
      <p className="sm faint">Days in {cityOf(zone)} time, both included</p>
    </form>
  );
}
