import type { Request } from "express";
import { rhythms } from "../calendar.ts";
import { clientChoices } from "../clients.ts";
import { field } from "../forms.ts";
import { html, type Markup, trusted } from "../html.ts";
import { owner } from "../layout.ts";
import { everyText, type RecurringForm } from "../recurring.ts";
import { viewerOf } from "../signed-in.ts";
import { isDay, today } from "../time.ts";
import { clientSelect, noteIn } from "./invoice-form.ts";
import { linesIn, linesTable, parseLines, type TypedLine } from "./invoice-lines.ts";

/** A form as it was typed, so that nothing is lost when it cannot be saved. */
export type TypedRecurring = {
  clientId: string;
  every: string;
  nextOn: string;
  note: string;
  lines: TypedLine[];
};

export const recurringIn = (req: Request): TypedRecurring => ({
  clientId: field(req, "client"),
  every: field(req, "every"),
  nextOn: field(req, "next_on"),
  note: noteIn(req),
  lines: linesIn(req),
});

/**
 * What can be saved, or the sentences that say why it cannot. A date that was there already (`known`) may have passed; a new
 * one may not, since each of its days until now would be made up for.
 */
export function parseRecurring(
  typed: TypedRecurring,
  known?: string,
): RecurringForm | { problems: string[] } {
  const problems: string[] = [];
  const every = rhythms.find((rhythm) => rhythm === typed.every);
  if (!typed.clientId) problems.push("Choose a client.");
  if (!isDay(typed.nextOn)) problems.push("Write the date of the next invoice.");
  else if (typed.nextOn < today() && typed.nextOn !== known)
    problems.push("The next invoice is made today at the earliest.");
  if (typed.note.length > 1000) problems.push("Write at most 1000 characters to the client.");
  const lines = parseLines(typed.lines, problems);
  if (!every) problems.push("Choose how often.");
  return every && problems.length === 0 ? { ...typed, every, lines } : { problems };
}

export async function recurringForm(
  req: Request,
  typed: TypedRecurring,
  more: { action: string; discard: string; version?: number; problems: readonly string[] },
): Promise<Markup> {
  const clients = await clientChoices(viewerOf(req).accountId, typed.clientId);
  return html`<form class="sheet pad form" method="post" action="${more.action}">${owner(req)}
${more.version !== undefined && html`<input type="hidden" name="version" value="${more.version}">`}
${
  more.problems.length > 0 &&
  html`<div class="problems" role="alert" tabindex="-1" autofocus><h2>Not saved yet</h2><ul>${more.problems.map(
    (problem) => html`<li>${problem}</li>`,
  )}</ul></div>`
}
<div class="grid">${clientSelect(clients, typed.clientId)}
<label>How often<select name="every">${rhythms.map(
    (rhythm) =>
      html`<option value="${rhythm}"${rhythm === typed.every && trusted(" selected")}>${everyText[rhythm]}</option>`,
  )}</select></label>
<label>Next on<input type="date" name="next_on" value="${typed.nextOn}" required></label></div>
${linesTable(typed.lines)}
<label>Note to the client<textarea name="note" rows="2" maxlength="1000">${typed.note}</textarea></label>
<div class="row"><button class="btn">Save</button><a class="btn plain" href="${more.discard}">Discard</a></div></form>`;
}
