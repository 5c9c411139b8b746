import { Choices, Field } from "#components/ui/field.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import { effects, events } from "#lib/vocabulary.ts";
import { effectWords } from "#lib/vocabulary-labels.ts";
import type { Params } from "../../_filters/address.ts";
import { FilterMenu } from "../../_filters/filter-menu.tsx";

type MenuProps = { path: string; keep: Params; first?: boolean };

export const TimeMenu = (menu: MenuProps) => (
  <FilterMenu field="Time" {...menu}>
    <Field small name="from" id="filter-from" label="From" hint="Days in UTC, both included">
      {(wiring) => <Input {...wiring} type="date" />}
    </Field>
    <Field small name="to" id="filter-to" label="To">
      {(wiring) => <Input {...wiring} type="date" />}
    </Field>
  </FilterMenu>
);

export const EventMenu = (menu: MenuProps) => (
  <FilterMenu field="Event" {...menu}>
    <Choices small name="event" label="Events">
      <div className="choices">
        {events.map((event) => (
          <label key={event} className="mono text-xs">
            <input type="checkbox" name="event" value={event} />
            {event}
          </label>
        ))}
      </div>
    </Choices>
  </FilterMenu>
);

export const EffectMenu = (menu: MenuProps) => (
  <FilterMenu field="Effect" {...menu}>
    <Field small name="effect" id="filter-effect" label="What was done in the product">
      {(wiring) => (
        <Select {...wiring}>
          {effects.map((effect) => (
            <option key={effect} value={effect}>
              {effectWords[effect]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  </FilterMenu>
);

type TextMenuProps = MenuProps & { name: string; field: string; hint: string };

export const TextMenu = ({ name, field, hint, ...menu }: TextMenuProps) => (
  <FilterMenu field={field} {...menu}>
    <Field small name={name} id={`filter-${name}`} label={field} hint={hint}>
      {(wiring) => <Input {...wiring} required maxLength={200} />}
    </Field>
  </FilterMenu>
);
