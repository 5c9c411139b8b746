"use client";
import { useEffect, useRef } from "react";
import { Icon } from "./icon.tsx";

type ErrorSummaryProps = {
  /** The refusal: its sentence, and one by field. A new object is a new try, and takes the focus. */
  error: { message: string; fields?: Record<string, string> };
};

/** On top of a form that was refused: focused, each sentence a link to its field. */
export function ErrorSummary({ error }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try takes the focus anew
  useEffect(() => box.current?.focus(), [error]);
  useEffect(() => {
    const title = document.title;
    document.title = `Error: ${title}`;
    return () => {
      // Another page may have set its own meanwhile.
      if (document.title === `Error: ${title}`) document.title = title;
    };
  }, []);
  return (
    <div className="note problem" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warn" />
      <h2 className="text-base">{error.message.replace(/\.$/, "")}</h2>
      {Object.entries(error.fields ?? {}).map(([name, sentence]) => (
        <p key={name}>
          <a className="text-problem" href={`#${name}`}>
            {sentence}
          </a>
        </p>
      ))}
    </div>
  );
}
