import { Choose } from "#components/choose/choose.tsx";
import { cityOf } from "#components/time-words.ts";
import { Field } from "#components/ui/field.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { address, type Params } from "./address.ts";
import { FilterMenu } from "./filter-menu.tsx";
import { spansAt } from "./spans.ts";

export type MenuProps = { path: string; keep: Params; first?: boolean };
type Asked = MenuProps & { name: string; field: string; label: string };

/** One of a few words. */
export const ChoiceMenu = ({
  name,
  field,
  label,
  options,
  ...menu
}: Asked & { options: readonly (readonly [value: string, word: string])[] }) => (
  <FilterMenu field={field} {...menu}>
    <Field small name={name} id={`filter-${name}`} label={label}>
      {(wiring) => (
        <Select {...wiring}>
          {options.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </Select>
      )}
    </Field>
  </FilterMenu>
);

/** Whatever somebody types. */
export const TextMenu = ({
  name,
  field,
  label,
  hint,
  maxLength = 100,
  ...menu
}: Asked & { hint: string; maxLength?: number }) => (
  <FilterMenu field={field} {...menu}>
    <Field small name={name} id={`filter-${name}`} label={label} hint={hint}>
      {(wiring) => <Input {...wiring} required maxLength={maxLength} />}
    </Field>
  </FilterMenu>
);

/** Days, in UTC unless the list goes by another zone. */
export const TimeMenu = ({ zone = "UTC", ...menu }: MenuProps & { zone?: string }) => (
  <FilterMenu field="Time" {...menu}>
    <p className="row sm">
      {spansAt(new Date(), zone).map(({ words, from, to }) => (
        <PlainLink key={words} href={address(menu.path, { ...menu.keep, from, to })}>
          {words}
        </PlainLink>
      ))}
    </p>
    <Field
      small
      name="from"
      id="filter-from"
      label="From"
      hint={`Days in ${zone === "UTC" ? zone : `${cityOf(zone)} time`}, both included`}
    >
      {(wiring) => <Input {...wiring} type="date" />}
    </Field>
    <Field small name="to" id="filter-to" label="To">
      {(wiring) => <Input {...wiring} type="date" />}
    </Field>
  </FilterMenu>
);

/** One of the staff, as many as they are; `of` is by which permission the reader sees what they do. */
export const ActorMenu = ({ of, ...menu }: MenuProps & { of: "read_audit" | "see_findings" }) => (
  <FilterMenu field="Actor" {...menu}>
    <Field
      small
      name="actor"
      id="filter-actor"
      label="Who stands in"
      hint="How a name or e-mail begins"
    >
      {(wiring) => (
        <Choose
          wiring={{ ...wiring, required: true }}
          label="Staff"
          source={`/api/staff?of=${of}`}
          sends
        />
      )}
    </Field>
  </FilterMenu>
);

export const SubjectMenu = (menu: MenuProps) => (
  <TextMenu
    {...menu}
    name="subject"
    field="Subject"
    label="For whom"
    hint="Part of a name, e-mail or id"
  />
);

export const AccountMenu = (menu: MenuProps) => (
  <TextMenu
    {...menu}
    name="account"
    field="Account"
    label="Account"
    hint="Part of its name, or acc_…"
  />
);
