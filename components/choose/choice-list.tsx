import type { Choice } from "./choices-answer.ts";

type ChoiceListProps = {
  /** Its id; each choice has it with its place. */
  list: string;
  label: string;
  choices: readonly Choice[];
  chosen: number;
  more: boolean;
  isShown: boolean;
  isBusy: boolean;
  failed: "signed_out" | "failed" | null;
  onPoint: (place: number) => void;
  onChoose: (choice: Choice) => void;
};

/** The choices, and how many they are; the focus stays in the field, which names the chosen one. */
export function ChoiceList(props: ChoiceListProps) {
  const { list, choices, chosen, isShown } = props;
  return (
    <div className={isShown || props.failed ? "choices-of" : "choices-of vh"}>
      <p role="status" className="hint xs">
        {saidOf(props)}
      </p>
      <div
        role="listbox"
        id={list}
        aria-label={props.label}
        aria-busy={props.isBusy}
        hidden={!isShown}
      >
        {choices.map((choice, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's (aria-activedescendant)
          <div
            key={choice.value}
            id={`${list}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === chosen}
            onPointerMove={() => props.onPoint(place)}
            // The field keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => props.onChoose(choice)}
          >
            <bdi>{choice.label}</bdi>
            {choice.second && (
              <span className="second faint">
                <span className="vh">, </span>
                {choice.second}
              </span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function saidOf({ choices, more, isShown, isBusy, failed }: ChoiceListProps): string {
  if (failed === "signed_out") return "You are signed out.";
  if (failed) return "The list cannot be read now. What you type is looked for all the same.";
  if (!isShown || isBusy) return "";
  if (choices.length === 0) return "No match";
  return more
    ? `The first ${choices.length}. Type to narrow it.`
    : `${choices.length} to choose from`;
}
