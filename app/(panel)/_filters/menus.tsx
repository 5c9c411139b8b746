import { Field } from "#components/ui/field.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import type { StaffName } from "#lib/staff/list.ts";
import type { Params } from "./address.ts";
import { FilterMenu } from "./filter-menu.tsx";

type MenuProps = { path: string; keep: Params; first?: boolean };

export function ActorMenu({ staff, ...menu }: MenuProps & { staff: readonly StaffName[] }) {
  return (
    <FilterMenu field="Actor" {...menu}>
      <Field small name="actor" id="filter-actor" label="Who stands in">
        {(wiring) => (
          <Select {...wiring}>
            {staff.map(({ id, name, team }) => (
              <option key={id} value={id}>
                {name}, {team}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FilterMenu>
  );
}

export function SubjectMenu(menu: MenuProps) {
  return (
    <FilterMenu field="Subject" {...menu}>
      <Field
        small
        name="subject"
        id="filter-subject"
        label="For whom"
        hint="Part of a name, e-mail or id"
      >
        {(wiring) => <Input {...wiring} required maxLength={100} />}
      </Field>
    </FilterMenu>
  );
}

export function AccountMenu(menu: MenuProps) {
  return (
    <FilterMenu field="Account" {...menu}>
      <Field
        small
        name="account"
        id="filter-account"
        label="Account"
        hint="Part of its name, or acc_…"
      >
        {(wiring) => <Input {...wiring} required maxLength={100} />}
      </Field>
    </FilterMenu>
  );
}
