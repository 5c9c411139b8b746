import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { mostLines } from "#lib/evidence/controls/params.ts";

type DrawFormProps = {
  path: string;
  /** Kept as hidden fields: the period. */
  keep: Record<string, string>;
  n: number;
  /** Of the sample on the page; empty: one is thrown when it is drawn. */
  seed: string;
};

/** Draws a sample: a GET, so that the address of a sample is the sample. */
export function DrawForm({ path, keep, n, seed }: DrawFormProps) {
  return (
    <form action={path} className="draw row top" aria-label="Draw a sample">
      {Object.entries(keep).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Field small name="n" label="Lines" hint={`At most ${mostLines}`}>
        {(wiring) => (
          <Input {...wiring} type="number" min={1} max={mostLines} defaultValue={n} required />
        )}
      </Field>
      <Field small name="seed" label="Seed" hint="A number, or empty for a random one">
        {(wiring) => (
          <Input {...wiring} inputMode="numeric" pattern="\d{1,10}" defaultValue={seed} />
        )}
      </Field>
      <Button type="submit" variant="primary" size="large">
        Draw the sample
      </Button>
    </form>
  );
}
