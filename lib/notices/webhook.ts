import { createHash } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { inArray } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import type { Database } from "#db/client.ts";
import { noticeChannels } from "#db/schema/notices.ts";
import { staff } from "#db/schema/staff.ts";
import { together } from "#db/together.ts";
import { type Channel, GiveUp, type NoticeMessage } from "./message.ts";
import { unseal } from "./seal.ts";
import { sendRequest } from "./send-request.ts";
import { type Allowed, addressFault, lookupOutside } from "./webhook-address.ts";

export type WebhookSettings = { db: Database; secret: string; allowed: Allowed };

/**
 * Posts to a company's own system by Standard Webhooks 1.0.0: signed, with an id that is the same for every try, so that the
 * receiver tells a second one from a second message. `to` is the webhook's id and, after a slash, the recipient's.
 */
export function webhookChannel(settings: WebhookSettings): Channel & { close(): void } {
  const agents = {
    "http:": new http.Agent({ keepAlive: true, maxSockets: 64 }),
    "https:": outsideAgent(settings),
  };
  const signerOf = signersOf(settings.secret);
  const post = async (
    to: string,
    id: string,
    message: NoticeMessage,
    is: Is,
    signal: AbortSignal,
  ) => {
    const [channelId = "", staffId = ""] = to.split("/");
    const [hook, person] = await Promise.all([
      readHook(settings.db, channelId),
      staffId ? readPerson(settings.db, staffId) : null,
    ]);
    if (!hook?.secret) throw new GiveUp("the webhook was removed");
    const fault = addressFault(hook.address, settings.allowed);
    if (fault) throw new GiveUp("the webhook leads where none may lead any more");
    const at = new Date();
    const { vote: _, ...said } = message;
    const body = JSON.stringify({
      type: `notice.${is}`,
      timestamp: at.toISOString(),
      data: { ...said, to: person },
    });
    const signature = signerOf(hook.secret).sign(id, at, body);
    const url = new URL(hook.address);
    const agent = url.protocol === "http:" ? agents["http:"] : agents["https:"];
    await sendRequest(url, body, {
      agent,
      signal,
      headers: {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "user-agent": "Alongside",
        "webhook-id": id,
        "webhook-timestamp": Math.floor(at.getTime() / 1000),
        "webhook-signature": signature,
      },
    });
    return { ref: id };
  };
  return {
    name: "webhook",
    send: (to, message, signal) => post(to, message.key, message, "told", signal),
    update: async (to, ref, message, signal) => {
      // Of what it says now: what is said twice has the same id, what is another thing another.
      const said = createHash("sha256")
        .update(message.outcome ?? "")
        .digest("hex")
        .slice(0, 8);
      await post(to, `${ref}.${said}`, message, "decided", signal);
    },
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

type Is = "told" | "decided";

/** Opens each webhook's secret once: that costs as much as to sign with it. */
function signersOf(secret: string): (sealed: string) => Webhook {
  const known = new Map<string, Webhook>();
  return (sealed) => {
    const signer = known.get(sealed) ?? new Webhook(unseal(sealed, secret));
    // An address whose secret was changed leaves its old one behind.
    if (known.size >= 100) known.clear();
    known.set(sealed, signer);
    return signer;
  };
}

const outsideAgent = ({ allowed }: WebhookSettings) =>
  new https.Agent({
    keepAlive: true,
    maxSockets: 64,
    ...(allowed === "public" ? { lookup: lookupOutside } : {}),
  });

const readHook = together(
  (id: string) => id,
  async (db, ids) => {
    const rows = await db
      .select({
        id: noticeChannels.id,
        address: noticeChannels.address,
        secret: noticeChannels.secret,
      })
      .from(noticeChannels)
      .where(inArray(noticeChannels.id, ids));
    return new Map(rows.map(({ id, ...row }) => [id, row]));
  },
);

const readPerson = together(
  (id: string) => id,
  async (db, ids) => {
    const columns = { id: staff.id, name: staff.name, email: staff.email };
    const rows = await db.select(columns).from(staff).where(inArray(staff.id, ids));
    return new Map(rows.map((row) => [row.id, row]));
  },
);
