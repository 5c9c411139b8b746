import { randomBytes } from "node:crypto";
import { v7 as newId } from "uuid";
import { entry } from "./entry.ts";
import { insert, type Row, type Sql } from "./sql.ts";

export type Invited = { id: string; secretHash: Buffer; link: string };

/** Invites a guest for a fortnight to the third quarter, with a link, unless `over` says otherwise. */
export async function invite(
  sql: Sql,
  by: string,
  over: Row = {},
  link: Row | null = {},
): Promise<Invited> {
  const id = newId();
  const named = await entry(sql, "guest.invited", { actor: by, body: { guest: id } });
  await insert(sql, "guests", {
    id,
    name: "Astrid Vale",
    email: "astrid@vale.test",
    firm: "Vale & Partners",
    reason: "The SOC 2 examination of the third quarter",
    first_day: "2026-07-01",
    last_day: "2026-09-30",
    zone: "Europe/Lisbon",
    invited_by: by,
    expires_at: new Date(Date.now() + 14 * 86_400_000),
    invited_entry_id: named,
    ...over,
  });
  const made = { id: newId(), secretHash: randomBytes(32) };
  if (link)
    await insert(sql, "guest_links", {
      id: made.id,
      guest_id: id,
      secret_hash: made.secretHash,
      made_by: by,
      entry_id: named,
      ...link,
    });
  return { id, secretHash: made.secretHash, link: made.id };
}

/** Uses a link up, as the exchange does. */
export async function enter(sql: Sql, guest: Invited, over: Row = {}): Promise<void> {
  const used = await entry(sql, "guest.entered", { actor: guest.id, body: { guest: guest.id } });
  const row = { session_hash: randomBytes(32), used_entry_id: used, ...over };
  await sql.query(
    `update guest_links set used_at = now(), last_active_at = now(), session_hash = $2, used_entry_id = $3
      where id = $1`,
    [guest.link, row.session_hash, row.used_entry_id],
  );
}

/** Ends a guest's access. */
export async function revoke(sql: Sql, by: string, guest: Invited, over: Row = {}): Promise<void> {
  const row = {
    revoked_by: by,
    revoked_entry_id: await entry(sql, "guest.revoked", { actor: by, body: { guest: guest.id } }),
    ...over,
  };
  await sql.query(
    "update guests set revoked_at = now(), revoked_by = $2, revoked_entry_id = $3 where id = $1",
    [guest.id, row.revoked_by, row.revoked_entry_id],
  );
}
