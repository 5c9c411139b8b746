"use client";
import { type FormEvent, useActionState, useRef, useState } from "react";
import { useHydrated } from "#components/hydrated.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { errorOf, typed, untried } from "#lib/platform/form-state.ts";
import { compareRoster } from "../actions.ts";
import { RefusedNote } from "./refused.tsx";

const tooLarge = "The file is larger than 5 MB.";
const noText = "The file is no UTF-8 text. Save it as “CSV UTF-8”, and choose it again.";

/**
 * A file is read here and sent as text: a form of the panel carries no files. As JSON, which leaves its line ends and its
 * byte order mark as they are, so that the hash on record is the file's. Without script, its text is pasted.
 */
export function RosterForm({ campaignId }: { campaignId: string }) {
  const [state, send] = useActionState(compareRoster, untried);
  const [problem, setProblem] = useState<string>();
  const name = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const chosen = useRef<File>(undefined);
  const isRead = useRef(true);
  const take = async (file: File | undefined) => {
    chosen.current = file;
    isRead.current = false;
    const read = file && (await textOf(file));
    // Another was chosen meanwhile.
    if (chosen.current !== file || !text.current || !name.current) return;
    name.current.value = file?.name ?? "";
    text.current.value = read?.text ? JSON.stringify(read.text) : "";
    setProblem(read?.problem);
    isRead.current = true;
  };
  /** Waits for a file that is not read yet, also where it was chosen before this script came. */
  const readFirst = async (event: FormEvent<HTMLFormElement>) => {
    const form = event.currentTarget;
    const file = form.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
    if (file === chosen.current && isRead.current) return;
    event.preventDefault();
    await take(file);
    if (isRead.current) form.requestSubmit();
  };
  return (
    <form action={send} onSubmit={readFirst} className="stack s" noValidate>
      <RefusedNote state={state} />
      <input type="hidden" name="campaignId" value={campaignId} />
      <input type="hidden" name="fileName" ref={name} />
      {useHydrated() && <textarea ref={text} name="roster" hidden />}
      <Field
        small
        name="file"
        id="roster"
        className="roster-file"
        label="The company’s roster"
        hint="A CSV of up to 5 MB with the columns email, name and status, in any order. By a column groups, separated by semicolons, tasks outside are looked at again. The file is not kept; its hash is."
        error={problem ?? errorOf(state, "roster")}
      >
        {({ name: _, ...wiring }) => (
          <Input
            {...wiring}
            type="file"
            accept=".csv,text/csv"
            onChange={(event) => take(event.target.files?.[0])}
          />
        )}
      </Field>
      <noscript>
        <Field
          small
          name="pasted"
          label="The company’s roster, pasted"
          hint="Lines of a CSV of up to 5 MB; the first names the columns email, name and status. It is not kept; its hash is."
          error={errorOf(state, "roster")}
        >
          {(wiring) => <TextArea {...wiring} defaultValue={typed(state, "pasted")} />}
        </Field>
      </noscript>
      <div className="row">
        <SubmitButton pending="Comparing…">Compare</SubmitButton>
        <span role="status" className="sm soft">
          {state.ok === true && comparedWords(state.value)}
        </span>
      </div>
    </form>
  );
}

/** What came of it: how many differ, and how many tasks outside it has looked at again. */
function comparedWords({ differences, lookedAt }: { differences: number; lookedAt: number }) {
  const compared =
    differences === 0
      ? "Compared: both agree on everybody here."
      : `Compared: ${differences} to look at.`;
  if (lookedAt === 0) return compared;
  return lookedAt === 1
    ? `${compared} One task outside was looked at again.`
    : `${compared} ${lookedAt} tasks outside were looked at again.`;
}

async function textOf(file: File): Promise<{ text?: string; problem?: string }> {
  if (file.size > 5 << 20) return { problem: tooLarge };
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return { text: decoder.decode(await file.arrayBuffer()) };
  } catch {
    return { problem: noText };
  }
}
