import { Boxes } from "#components/ui/choices.tsx";
import { Choices, Field } from "#components/ui/field.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import { fieldWords } from "#lib/policy/field-words.ts";
import { type PolicyField, policyFields } from "#lib/policy/fields.ts";
import { choicesOf } from "#lib/policy/said-value.ts";
import { roles } from "#lib/vocabulary.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import type { Values } from "./form-values.ts";

const units: Record<string, string> = {
  min: "minutes",
  s: "seconds",
  h: "hours",
  days: "days",
  hours: "o’clock, 0 to 24",
  times: "times",
  share: "as a part of 1",
};
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** One field of the policy: a number, a choice, a text, as its value is. */
export function PolicyFieldInput({ field, values }: { field: PolicyField; values: Values }) {
  const { name: label, unit } = fieldWords[field];
  if (field === "rings.fallback") return <Fallback values={values} />;
  if (field === "workingHours.days")
    return (
      <Choices small name={field} label={label} error={values.error(field)}>
        <input type="hidden" name={`${field}.shown`} value="1" />
        <Boxes
          name={field}
          chosen={values.list(field)}
          options={weekdays.map((day, i) => ({ value: String(i + 1), label: day }))}
        />
      </Choices>
    );
  const choices = choicesOf(field);
  const isNumber = ["less", "more", "asked"].includes(policyFields[field]);
  const value = values.text(field);
  return (
    <Field
      small
      name={field}
      label={label}
      error={values.error(field)}
      after={unit && (policyFields[field] === "asked" ? `${units[unit]}, or nothing` : units[unit])}
    >
      {(wiring) =>
        choices ? (
          <Select {...wiring} key={value} defaultValue={value}>
            {choices.map(([of, name]) => (
              <option key={of} value={of}>
                {name}
              </option>
            ))}
          </Select>
        ) : (
          <Input
            {...wiring}
            type={field === "terms.date" ? "date" : "text"}
            inputMode={isNumber ? "decimal" : undefined}
            className={isNumber ? "num short" : undefined}
            maxLength={isNumber ? 8 : 500}
            defaultValue={value}
          />
        )
      }
    </Field>
  );
}

/** Whom to turn to when nobody answers. */
function Fallback({ values }: { values: Values }) {
  const role = values.text("rings.fallback.role");
  const input = (part: string, label: string, hint: string) => (
    <Field
      small
      name={`rings.fallback.${part}`}
      label={label}
      error={values.error(`rings.fallback.${part}`)}
      after={hint}
    >
      {(wiring) => (
        <Input {...wiring} maxLength={200} defaultValue={values.text(`rings.fallback.${part}`)} />
      )}
    </Field>
  );
  return (
    <>
      {input("name", "Fallback: whom to turn to", "As an agent reads it: “Somebody, on call”.")}
      {input("contact", "Fallback: how", "A telephone number, a channel.")}
      <Field small name="rings.fallback.role" label="Fallback: who is asked in the panel too">
        {(wiring) => (
          <Select {...wiring} key={role} defaultValue={role}>
            <option value="">Nobody</option>
            {roles.map((of) => (
              <option key={of} value={of}>
                {roleWords[of].name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}
