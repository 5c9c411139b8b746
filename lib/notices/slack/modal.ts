import type { ModalView } from "@slack/types";
import { z } from "zod";
import { idSchema, requestNumber } from "#lib/kernel/ids.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { cut, plain } from "./text.ts";

export const denyModalId = "deny_request";
export const reasonId = "reason";

/** Which ask a button or a modal is of: the request, and the hash that a vote holds for. */
export type Asked = { requestId: string; ask: string };
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What a button carries: "request.hash". */
export function askedIn(value: string | undefined): Asked | null {
  const [requestId, ask, more] = value?.split(".") ?? [];
  const parsed = z.object({ requestId: idSchema, ask: hash }).safeParse({ requestId, ask });
  return parsed.success && more === undefined ? parsed.data : null;
}

/** Asks for the reason of a denial; what it is a denial of stands above. */
export function denyModal(request: RequestView): ModalView {
  const { actor, subject, account, number, reason, ticket } = request;
  const verb = request.scope === "write" ? "act" : "look";
  const why = cut(reason, 500) + (ticket ? ` · ${ticket}` : "");
  return {
    type: "modal",
    callback_id: denyModalId,
    private_metadata: `${request.id}.${request.ask}`,
    title: plain("Deny a request", 24),
    submit: plain("Deny", 24),
    close: plain("Cancel", 24),
    blocks: [
      {
        type: "section",
        text: plain(
          `${requestNumber(number)}: ${actor.name} asks to ${verb} as ${subject.name}, ${account.name}.`,
          3000,
        ),
      },
      { type: "section", text: plain(`“${why}”`, 3000) },
      {
        type: "input",
        block_id: reasonId,
        label: plain(`Why not? ${actor.name} sees this.`, 2000),
        element: {
          type: "plain_text_input",
          action_id: reasonId,
          multiline: true,
          min_length: 3,
          max_length: 500,
          focus_on_load: true,
        },
      },
    ],
  };
}

/** In the modal's place, once there is something else to say. */
export const saysModal = (title: string, text: string): ModalView => ({
  type: "modal",
  title: plain(title, 24),
  close: plain("Close", 24),
  blocks: [{ type: "section", text: plain(text, 3000) }],
});
