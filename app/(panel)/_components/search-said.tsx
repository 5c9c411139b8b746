"use client";
import { useEffect, useState } from "react";
import type { SearchAnswer } from "./search-answer.ts";
import { howMany } from "./search-note.tsx";

/** Longer than between two keys: who types hears the letters, and what they found once they pause. Milliseconds. */
const quiet = 700;

type SearchSaidProps = {
  answer: SearchAnswer;
  isBusy: boolean;
  /** Why ↵ led nowhere: it stands in the row, where the focus is not. */
  refusal: string | null;
};

/** What was found, for who does not see it: said once typing pauses, not with each key. */
export function SearchSaid({ answer, isBusy, refusal }: SearchSaidProps) {
  const [said, setSaid] = useState("");
  const words = isBusy ? null : inWords(answer);
  useEffect(() => {
    if (words === null) return;
    const timer = setTimeout(() => setSaid(words), quiet);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <p className="vh" role="status">
      {refusal ?? said}
    </p>
  );
}

/** "12 people, Jane Ashdown, Northwind first". */
export function inWords(answer: SearchAnswer): string {
  const q = answer.q.trim();
  if (q === "") return "";
  const [first] = answer.rows;
  if (!first) return answer.pasted?.told?.title ?? `Nobody matches ${q}`;
  const who = `${first.name}, ${first.account.name}`;
  const found = answer.total === 1 ? `1 person, ${who}` : `${howMany(answer)}, ${who} first`;
  return first.corrected ? `Nobody matches ${q}. One letter off: ${found}` : found;
}
