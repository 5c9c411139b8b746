import type { Choice } from "#components/choose/choices-answer.ts";
import { Choose } from "#components/choose/choose.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type AskProps = {
  products: readonly Choice[];
  /** Whom the address names. */
  whose: Choice | null;
  chosen: { whose: string; from: string; to: string };
  errors: Record<string, string | undefined>;
};

/** Whose traces, and on which days: a form that leads to an address, so that it can be sent. */
export const Ask = ({ products, whose, chosen, errors }: AskProps) => (
  <Card label="Of whom and when">
    <form className="ask">
      <Field
        name="whose"
        label="Of whom or in which product"
        hint="Part of a product’s name, or how a person’s name or address begins"
        error={errors.whose}
      >
        {(wiring) => (
          <Choose
            key={chosen.whose}
            wiring={wiring}
            label="Products and staff"
            source="/api/staff?of=see_exposure"
            prefix="actor:"
            fixed={products}
            chosen={whose}
            typed={chosen.whose}
          />
        )}
      </Field>
      <Field name="from" label="From" error={errors.from}>
        {(wiring) => <Input {...wiring} type="date" defaultValue={chosen.from} />}
      </Field>
      <Field name="to" label="To" error={errors.to}>
        {(wiring) => <Input {...wiring} type="date" defaultValue={chosen.to} />}
      </Field>
      <Button type="submit" variant="primary" size="large">
        Show
      </Button>
    </form>
  </Card>
);
