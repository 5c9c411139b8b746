import type { Request } from "express";
import { clientChoices } from "../clients.ts";
import { field } from "../forms.ts";
import { html, type Markup, trusted } from "../html.ts";
import { owner } from "../layout.ts";
import type { InvoiceForm } from "../save-invoice.ts";
import { isDay } from "../time.ts";
import { linesIn, linesTable, parseLines, type TypedLine, typedLines } from "./invoice-lines.ts";

/** A form as it was typed, so that nothing is lost when it cannot be saved. */
export type Typed = {
  clientId: string;
  issuedOn: string;
  dueOn: string;
  note: string;
  lines: TypedLine[];
};

export function typedFrom(form: InvoiceForm): Typed {
  return { ...form, lines: typedLines(form.lines) };
}

export function typedIn(req: Request): Typed {
  return {
    clientId: field(req, "client"),
    issuedOn: field(req, "issued_on"),
    dueOn: field(req, "due_on"),
    note: noteIn(req),
    lines: linesIn(req),
  };
}

export const noteIn = (req: Request): string => field(req, "note").replace(/\r\n/g, "\n");

/** What can be saved, or the sentences that say why it cannot. */
export function parseTyped(typed: Typed): InvoiceForm | { problems: string[] } {
  const problems: string[] = [];
  if (!typed.clientId) problems.push("Choose a client.");
  if (!isDay(typed.issuedOn)) problems.push("Write the date of the invoice.");
  if (!isDay(typed.dueOn) || typed.dueOn < typed.issuedOn)
    problems.push("Write a due date that is not before the date of the invoice.");
  if (typed.note.length > 1000) problems.push("Write at most 1000 characters to the client.");
  const lines = parseLines(typed.lines, problems);
  return problems.length > 0 ? { problems } : { ...typed, lines };
}

export async function invoiceForm(
  req: Request,
  accountId: string,
  typed: Typed,
  more: { action: string; version?: number; problems?: readonly string[]; discard: string },
): Promise<Markup> {
  const clients = await clientChoices(accountId, typed.clientId);
  return html`<form class="sheet pad form" method="post" action="${more.action}">
${owner(req)}${more.version !== undefined && html`<input type="hidden" name="version" value="${more.version}">`}
${
  more.problems &&
  more.problems.length > 0 &&
  html`<div class="problems" role="alert" tabindex="-1" autofocus><h2>Not saved yet</h2><ul>${more.problems.map(
    (problem) => html`<li>${problem}</li>`,
  )}</ul></div>`
}
<div class="grid">
${clientSelect(clients, typed.clientId)}
<label>Date<input type="date" name="issued_on" value="${typed.issuedOn}" required></label>
<label>Due<input type="date" name="due_on" value="${typed.dueOn}" required></label>
</div>
${linesTable(typed.lines)}
<label>Note to the client<textarea name="note" rows="2" maxlength="1000">${typed.note}</textarea></label>
<div class="row"><button class="btn">Save invoice</button><a class="btn plain" href="${more.discard}">Discard</a></div>
</form>`;
}

export function clientSelect(
  clients: readonly { id: string; name: string }[],
  chosen: string,
): Markup {
  return html`<label class="wide">Client<select name="client" required><option value="">Choose…</option>${clients.map(
    ({ id, name }) =>
      html`<option value="${id}"${id === chosen && trusted(" selected")}>${name}</option>`,
  )}</select></label>`;
}
