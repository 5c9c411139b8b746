"use client";
import { type ComponentProps, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useHydrated } from "../hydrated.ts";
import { Input } from "../ui/input.tsx";
import { ChoiceList } from "./choice-list.tsx";
import type { Choice } from "./choices-answer.ts";
import { useChoices } from "./use-choices.ts";
import "./choose.css";

type ChooseProps = {
  /** Of its `Field`. */
  wiring: ComponentProps<typeof Input> & { name: string };
  /** What the list is called. */
  label: string;
  /** The address that answers with choices, to which what is typed is added. */
  source: string;
  /** Before the value of what it finds. */
  prefix?: string;
  /** What is always among the choices, first. */
  fixed?: readonly Choice[];
  chosen?: Choice | null;
  /** What is typed where nothing was chosen. */
  typed?: string;
  /** In a menu: the list stands below, and to choose sends the form. Else it floats, and to choose fills the field. */
  sends?: boolean;
};

/**
 * One of many, by typing: a combobox over a list that the server answers. What is typed and not chosen is sent as it is, and so
 * it is without script: the page then asks who is meant.
 */
export function Choose({ wiring, source, prefix = "", fixed = [], ...props }: ChooseProps) {
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const isAlive = useHydrated();
  const [text, setText] = useState(props.chosen?.label ?? props.typed ?? "");
  const [picked, setPicked] = useState(props.chosen ?? null);
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const [pointedIn, setPointedIn] = useState<unknown>(null);
  const wanted = picked ? "" : text;
  const { answer, failed, isBusy } = useChoices(source, wanted, isOpen);
  // What was pointed at is a place in the answer of before: in another it would be somebody else.
  if (pointedIn !== answer) {
    setPointedIn(answer);
    setAt(-1);
  }
  const choices = [
    ...fixed.filter(({ label }) => label.toLowerCase().includes(wanted.trim().toLowerCase())),
    ...(answer?.choices ?? []).map((one) => ({ ...one, value: prefix + one.value })),
  ];
  // What is typed means the first of its answer; what is only looked at means none.
  const chosen = at < 0 && wanted.trim() !== "" && !isBusy ? 0 : at;
  const isShown = isOpen && failed === null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is chosen
  useEffect(() => {
    document.getElementById(`${list}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const choose = (choice: Choice) => {
    // At once: the form is sent with it.
    flushSync(() => {
      setPicked(choice);
      setText(choice.label);
      setAt(-1);
      setOpen(props.sends === true);
    });
    if (props.sends) field.current?.form?.requestSubmit();
  };
  const step = (by: number) => {
    setOpen(true);
    if (choices.length > 0 && !isBusy)
      setAt((Math.max(chosen, by < 0 ? 0 : -1) + by + choices.length) % choices.length);
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const choice = isShown ? choices[chosen] : undefined;
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter" && choice) choose(choice);
    else if (event.key === "Escape" && isOpen && !props.sends) setOpen(false);
    else return;
    event.preventDefault();
  };

  return (
    <div className={props.sends ? "choose" : "choose floats"}>
      <Input
        {...wiring}
        ref={field}
        name={picked ? undefined : wiring.name}
        {...(isAlive && {
          role: "combobox",
          "aria-expanded": isShown,
          "aria-controls": list,
          "aria-autocomplete": "list",
          "aria-activedescendant": isShown && choices[chosen] ? `${list}-${chosen}` : undefined,
        })}
        autoCorrect="off"
        spellCheck={false}
        maxLength={100}
        value={text}
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onBlur={() => !props.sends && setOpen(false)}
        onKeyDown={pressed}
        onChange={(event) => {
          setText(event.target.value);
          setPicked(null);
          setAt(-1);
          setOpen(true);
        }}
      />
      {picked && <input type="hidden" name={wiring.name} value={picked.value} />}
      {isAlive && (
        <ChoiceList
          {...{ list, choices, chosen, isShown, isBusy, failed }}
          label={props.label}
          more={answer?.more ?? false}
          onPoint={setAt}
          onChoose={choose}
        />
      )}
    </div>
  );
}
