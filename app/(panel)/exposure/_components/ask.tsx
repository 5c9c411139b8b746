import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Select } from "#components/ui/input.tsx";

type AskProps = {
  staff: readonly { id: string; name: string }[];
  products: readonly { id: string; name: string }[];
  chosen: { whose: string; from: string; to: string };
  errors: Record<string, string | undefined>;
};

/** Whose traces, and on which days: a form that leads to an address, so that it can be sent. */
export const Ask = ({ staff, products, chosen, errors }: AskProps) => (
  <Card label="Of whom and when">
    <form className="ask">
      <Field name="whose" label="Of whom or in which product" error={errors.whose}>
        {(wiring) => (
          <Select {...wiring} defaultValue={chosen.whose} key={chosen.whose}>
            <option value="">Choose…</option>
            <optgroup label="Products">
              {products.map(({ id, name }) => (
                <option key={id} value={`product:${id}`}>
                  {name}
                </option>
              ))}
            </optgroup>
            <optgroup label="Staff">
              {staff.map(({ id, name }) => (
                <option key={id} value={`actor:${id}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          </Select>
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
