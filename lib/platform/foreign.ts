import { recordRefusal } from "#lib/audit/transact.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { anonymousCtx } from "./request.ts";

/** What an action answers to a form that no page of ours sent. */
export const foreign: Refusal = {
  code: "not_allowed",
  message: "This form was not sent from a page of Alongside. Nothing was changed.",
};

/** Counts one such form: whose browser it came out of did not ask for it, so that it is nobody's. */
export const noteForeign = (sent: Headers): Promise<void> =>
  recordRefusal(anonymousCtx(sent), { event: "page.refused" }, foreign);
