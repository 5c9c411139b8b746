"use client";
import { type ReactNode, useActionState } from "react";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { markDone } from "../../actions.ts";

/** The owner of a task says that it is done. */
export function DoneForm({ taskId, children }: { taskId: string; children?: ReactNode }) {
  const [state, send] = useActionState(markDone, untried);
  return (
    <form action={send} className="row">
      {state.ok === false && <Note tone="problem" role="alert" title={state.error.message} />}
      <input type="hidden" name="taskId" value={taskId} />
      <SubmitButton icon="check">Mark as done</SubmitButton>
      {children && <span className="sm soft">{children}</span>}
    </form>
  );
}
