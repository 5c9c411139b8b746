import { Choices } from "#components/ui/field.tsx";
import { effects, events } from "#lib/vocabulary.ts";
import { effectWords } from "#lib/vocabulary-labels.ts";
import { FilterMenu } from "../../_filters/filter-menu.tsx";
import { ChoiceMenu, type MenuProps } from "../../_filters/menus.tsx";

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
  <ChoiceMenu
    {...menu}
    name="effect"
    field="Effect"
    label="What was done in the product"
    options={effects.map((effect) => [effect, effectWords[effect]])}
  />
);
