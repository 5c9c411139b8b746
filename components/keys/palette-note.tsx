import { withUnit } from "../time-words.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import type { PaletteFailure } from "./use-palette.ts";

type PaletteNoteProps = {
  text: string;
  /** What the server found for it. */
  found: number;
  /** All that is listed, the search for it included. */
  all: number;
  isBusy: boolean;
  failure: PaletteFailure | null;
  onTryAgain: () => void;
};

/** How many ways there are, for who does not see them; and in sight, why there are none or fewer. */
export function PaletteNote({ text, found, all, isBusy, failure, onTryAgain }: PaletteNoteProps) {
  const typed = text.trim();
  const noMatch = !isBusy && failure === null && typed !== "" && found === 0 && all <= 1;
  const isSeen = failure !== null || noMatch;
  return (
    <div className={isSeen ? "told" : "vh"}>
      <p role="status" className="row tight sm">
        {failure !== null && <Icon name="warn" />}
        {failure !== null
          ? failureWords(failure)
          : noMatch
            ? `Nothing of yours is called “${typed}”. The search forgives a typo and knows more.`
            : !isBusy && (all === 1 ? "1 way" : `${all} ways`)}
      </p>
      {failure === "signed_out" && (
        <a className="btn" href="/sign-in">
          Sign in
        </a>
      )}
      {failure === "failed" && (
        <Button icon="refresh" onClick={onTryAgain}>
          Try again
        </Button>
      )}
    </div>
  );
}

function failureWords(failure: PaletteFailure): string {
  if (failure === "signed_out") return "You are signed out.";
  if (failure === "failed") return "People and accounts could not be looked up. Pages are here.";
  const minutes = Math.ceil(failure / 60);
  const wait = failure < 60 ? withUnit(failure, "s") : withUnit(minutes, "min");
  return `You searched too often. People and accounts again in ${wait}; pages are here.`;
}
