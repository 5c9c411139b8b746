"use client";
import { useRouter } from "next/navigation";
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
  useTransition,
} from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Kbd, KeyHints } from "#components/ui/kbd.tsx";
import type { Carried } from "../start/link.ts";
import { moveToHand } from "./at-hand.tsx";
import { type Approver, Chosen } from "./chosen.tsx";
import type { PersonRow } from "./person-row.ts";
import { hrefOf, SearchResults } from "./results.tsx";
import type { SearchAnswer } from "./search-answer.ts";
import { SearchNote } from "./search-note.tsx";
import { SearchSaid } from "./search-said.tsx";
import { useSearch } from "./use-search.ts";
import "./search.css";

export type Reader = { standsIn: boolean; approvers: Approver[]; approvals: number };

type SearchProps = {
  /** A `SearchAnswer` as JSON: React would write and read each of its values for itself, at ten times the cost. */
  initial: string;
  /** Seconds after which the server answers again, where it did not answer the address. */
  refused: number | null;
  reader: Reader;
  /** What stands here as long as nothing is asked. */
  blank: ReactNode;
  /** What a link from elsewhere brought: it goes along with whom is chosen. */
  along: Carried;
};

/** The search field and what it finds: a combobox over a grid, so that the focus stays where one types. */
export function Search({ initial, refused, reader, blank, along }: SearchProps) {
  const router = useRouter();
  const first = useMemo((): SearchAnswer => JSON.parse(initial), [initial]);
  const [isLeaving, startLeaving] = useTransition();
  const { text, setText, answer, failure, isBusy, tryAgain } = useSearch(first, refused, isLeaving);
  const [at, moveTo] = useState(0);
  const [refusal, setRefusal] = useState<string | null>(null);
  const setAt = (next: number) => {
    setRefusal(null);
    moveTo(next);
  };
  const isAwaited = useRef(false);
  const chosen = Math.min(at, answer.rows.length - 1);
  const row = answer.rows[chosen];
  const carried = { ...along, ...answer.pasted?.carried };
  const type = (next: string) => {
    setText(next);
    setAt(0);
    isAwaited.current = false;
  };
  const go = (to: PersonRow) => {
    // Of whom nobody may stand in for there is no form; the row says why.
    if (to.can === "no" && reader.standsIn) {
      setRefusal(to.refusal?.message ?? null);
      return;
    }
    startLeaving(() => router.push(hrefOf(to, answer.q, reader.standsIn, carried)));
  };

  // A field that has the focus as the page opens has its caret before what was asked.
  useEffect(() => {
    const field = document.getElementById("q");
    if (
      field instanceof HTMLInputElement &&
      field === document.activeElement &&
      !field.selectionEnd
    )
      field.setSelectionRange(field.value.length, field.value.length);
  }, []);

  // ↵ before the answer was there: it goes on where only one person can be meant, and was typed without a slip.
  useEffect(() => {
    if (isBusy || !isAwaited.current) return;
    isAwaited.current = false;
    const [only] = answer.rows;
    if (only && answer.rows.length === 1 && !only.corrected) go(only);
  });

  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" && !text) moveToHand();
    else if (event.key === "ArrowDown") setAt(Math.min(chosen + 1, answer.rows.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(chosen - 1, 0));
    else if (event.key === "Escape" && text) type("");
    else if (event.key === "Enter" && isBusy) isAwaited.current = true;
    else if (event.key === "Enter" && row) go(row);
    else if (event.key !== "Enter") return;
    event.preventDefault();
  };

  return (
    <>
      <div className="stack s">
        <search>
          <form className="search" action="/">
            <Icon name="search" />
            <label className="vh" htmlFor="q">
              Search customers’ users
            </label>
            <input
              className="input"
              id="q"
              name="q"
              value={text}
              onChange={(event) => type(event.target.value)}
              onKeyDown={pressed}
              role="combobox"
              aria-expanded={answer.rows.length > 0}
              aria-haspopup="grid"
              aria-controls={row && "hits"}
              aria-activedescendant={row && `hit-${chosen}`}
              autoComplete="off"
              spellCheck={false}
              maxLength={2000}
              data-search
              // biome-ignore lint/a11y/noAutofocus: an agent's home is this field
              autoFocus
            />
            {text && (
              <span className="side row tight">
                <Button variant="quiet" className="clear" onClick={() => type("")}>
                  Clear
                </Button>
                <Kbd seenOnly>Esc</Kbd>
              </span>
            )}
          </form>
        </search>
        <div className="row between said">
          <SearchNote answer={answer} isBusy={isBusy} />
          <SearchSaid answer={answer} isBusy={isBusy || failure !== null} refusal={refusal} />
          {row && (
            <KeyHints
              hints={[
                { keys: ["↑", "↓"], does: "choose" },
                { keys: ["↵"], does: reader.standsIn ? "start form" : "open" },
              ]}
            />
          )}
        </div>
      </div>
      <SearchResults
        answer={answer}
        isBusy={isBusy}
        failure={failure}
        chosen={chosen}
        standsIn={reader.standsIn}
        carried={carried}
        onChoose={setAt}
        onClear={() => {
          type("");
          document.getElementById("q")?.focus();
        }}
        onRetry={tryAgain}
        blank={blank}
      >
        {row && <Chosen row={row} q={answer.q} reader={reader} carried={carried} />}
      </SearchResults>
    </>
  );
}
