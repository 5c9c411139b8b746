import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type FindPersonaProps = { sought: string | undefined; from: string };

/** Where a demo has more people than its list shows. A plain form, as the list's own. */
export const FindPersona = ({ sought, from }: FindPersonaProps) => (
  <form method="get" className="find">
    <input type="hidden" name="from" value={from} />
    <Field name="name" label="Somebody else" hint="The list shows who was here first.">
      {(wiring) => <Input {...wiring} type="search" maxLength={200} defaultValue={sought} />}
    </Field>
    <Button type="submit">Find</Button>
  </form>
);
