import type { Request } from "express";
import { transaction } from "./database.ts";
import { writeHistory } from "./history.ts";
import { invoiceName } from "./invoices.ts";
import type { Viewer } from "./viewer.ts";

/** Sends a message to a client. A draft that goes with it is sent by that. */
export async function sendMessage(
  req: Request,
  viewer: Viewer,
  to: { id: string; name: string },
  message: { subject: string; body: string; invoice: number | null },
): Promise<void> {
  await transaction(async (client) => {
    await client.query(
      `INSERT INTO messages (account_id, client_id, subject, body, author) VALUES ($1, $2, $3, $4, $5)`,
      [viewer.accountId, to.id, message.subject, message.body, viewer.author],
    );
    if (message.invoice !== null) {
      const { rowCount } = await client.query(
        `UPDATE invoices SET status = 'sent', version = version + 1, changed_at = now()
         WHERE account_id = $1 AND number = $2 AND client_id = $3 AND status = 'draft'`,
        [viewer.accountId, message.invoice, to.id],
      );
      if (rowCount)
        await writeHistory(client, req, viewer, {
          about: `invoice ${message.invoice}`,
          resource: invoiceName(message.invoice),
          what: "sent the invoice",
          changes: [{ field: "State", before: "Draft", after: "Sent" }],
        });
    }
    await writeHistory(client, req, viewer, {
      about: `client ${to.id}`,
      resource: to.name,
      what: "sent a message",
      changes: [{ field: "Subject", after: message.subject }],
    });
  });
}
