"use client";
import { useActionState } from "react";
import { useFirstShown } from "#components/new-on-top.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { markNoticeRead } from "../actions.ts";

/** Marks one notice as read, or all that is shown: what waits above the list stays unread. */
export function ReadForm({
  noticeId,
  all,
  about,
}: {
  noticeId: string;
  all?: boolean;
  about?: string;
}) {
  const first = useFirstShown();
  const [state, send] = useActionState<FormState<{ read: number }>, FormData>(
    markNoticeRead,
    untried,
  );
  return (
    <form action={send}>
      <Refused state={state} />
      <input type="hidden" name="noticeId" value={(all && first) || noticeId} />
      {all && <input type="hidden" name="all" value="yes" />}
      <SubmitButton variant={all ? "plain" : "quiet"} icon="check" pending="Marking…">
        {all ? "Mark all as read" : "Mark as read"}
        {about && <span className="vh">: {about}</span>}
      </SubmitButton>
    </form>
  );
}
