import { createTransport } from "nodemailer";
import { z } from "zod";
import { mailHtml, mailText } from "./mail-body.ts";
import { type Channel, GiveUp, type NoticeMessage } from "./message.ts";
import { oneLine } from "./plain.ts";

export type MailSettings = { smtpUrl: string; from: string };

/** Milliseconds: below what the worker waits for one copy. */
const silence = 8_000;

/**
 * Mail by SMTP (RFC 5321). A copy's Message-ID is made of the notice, so that one that is sent again is known as the same;
 * what became of it follows in the same thread. `close` ends the connections.
 */
export function mailChannel({ smtpUrl, from }: MailSettings): Channel & { close(): void } {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    connectionTimeout: silence,
    greetingTimeout: silence,
    socketTimeout: silence,
    // What is in a notice is ours: no file of this machine and nothing of the net is ever fetched for one.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = /@([^\s>]+)/.exec(from)?.[1] ?? "localhost";
  const send = async (to: string, message: NoticeMessage, thread: Thread, signal: AbortSignal) => {
    const sent = transport.sendMail({
      from,
      // An object and not a text: an address with a comma in it would be two.
      to: { name: "", address: to },
      subject: oneLine(thread.inReplyTo ? `Re: ${message.title}` : message.title),
      text: mailText(message),
      html: mailHtml(message),
      ...thread,
      headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    });
    await Promise.race([sent, aborted(signal)]).catch(refused);
    return { ref: thread.messageId };
  };
  return {
    name: "mail",
    send: (to, message, signal) =>
      send(to, message, { messageId: `<${message.key}@${host}>` }, signal),
    update: async (to, ref, message, signal) => {
      const messageId = `<${message.key}.decided@${host}>`;
      await send(to, message, { messageId, inReplyTo: ref, references: ref }, signal);
    },
    close: () => transport.close(),
  };
}

type Thread = { messageId: string; inReplyTo?: string; references?: string };

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

const smtpError = z.object({ responseCode: z.number(), command: z.string().optional() });

/** A server that knows nobody of that name will not know them later (RFC 5321, section 4.2.1: 5yz is permanent). */
function refused(error: unknown): never {
  const { data } = smtpError.safeParse(error);
  if (data && data.responseCode >= 500 && /RCPT|DATA/i.test(data.command ?? ""))
    throw new GiveUp(`the mail server refused it (${data.responseCode})`);
  throw error;
}
