import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { crc32 } from "node:zlib";
import { parse } from "csv-parse/sync";
import { calculateJwkThumbprint, flattenedVerify, importJWK } from "jose";
import { expect, it } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { inert } from "#lib/files/csv.ts";
import { unzipped } from "#lib/files/testing.ts";
import type { GuestActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { closeCampaign } from "#lib/reviews/close-campaign.ts";
import { correct } from "#lib/reviews/correct.ts";
import { decideItem } from "#lib/reviews/decide.ts";
import { giveTaskOn } from "#lib/reviews/give-task-on.ts";
import { handOn } from "#lib/reviews/hand-on.ts";
import { lookAtItem } from "#lib/reviews/look.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { checkTask, doneTask, setTask } from "#lib/reviews/tasks.ts";
import { codeOf, makeLate, underReview, valueIn } from "#lib/reviews/testing.ts";
import { changeStaff } from "#lib/roster/change.ts";
import { readGuestPeriod } from "../controls/period.ts";
import { inviteGuest } from "../guests/invite.ts";
import { revokeGuest } from "../guests/revoke.ts";
import { readCampaign, readCampaigns } from "./campaign.ts";
import { makePack } from "./make-pack.ts";
import { digestOf, newKeys } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const since = "2025-01-01Z";
const clem = await w.as(
  await w.person("clem", [{ role: "compliance", from: "2026-10-05Z" }]),
  "clem",
  ["compliance"],
);
const lead = await w.person("李娜", [{ role: "manager", from: since }]);
const asLead = await w.as(lead, "李娜", ["manager"]);
const adam = await w.as(await w.person("adam", [{ role: "admin", from: "2026-10-05Z" }]), "adam", [
  "admin",
]);
const mo = await w.as(await w.person("mo", [{ role: "admin", from: "2026-10-05Z" }]), "mo", [
  "admin",
]);
const olga = await w.person("Ольга Ё.", [{ role: "agent", from: since }], { manager_id: lead });
await w.person("=cmd|' /C calc'!A0", [{ role: "agent", from: since }], { manager_id: lead });
await w.person("สมชาย ใจดี", [{ role: "agent", from: since, to: "2026-08-01Z" }]);
const period = { firstDay: "2026-07-01", lastDay: "2026-09-30" };
const { id: campaignId, slug } = valueIn(await openCampaign(w.cora, period));
const keys = await newKeys();
const itemOf = async (staffId: string) =>
  (
    await s.owner.query(
      "select id, number from review_items where staff_id = $1 and campaign_id = $2",
      [staffId, campaignId],
    )
  ).rows[0];

const whole = async (as = clem, by = keys) => {
  const { name, content } = valueIn(await makePack(as, slug, by));
  return { name, bytes: await buffer(content) };
};
const filesIn = (bytes: Buffer) =>
  new Map(unzipped(bytes).map(({ name, content }) => [name, content.toString("utf8")]));

/** A finding on ana as the owner brings it, in the words of its entry. */
async function raised(id: string, day: string, what: string, aged = false): Promise<void> {
  const raisedEntryId = await said("finding.raised", what, id);
  if (aged)
    await inTransaction(s.owner, (sql) =>
      restingTriggers(sql, "audit_entry", () =>
        sql.query("update audit_entry set occurred_at = $1 where id = $2", [day, raisedEntryId]),
      ),
    );
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "findings", () =>
      insert(sql, "findings", {
        ...{ id, number: Number(what.slice(2, 6)), detector: "vip", pattern: id, actor_id: s.ana },
        ...{ explanation: what.split(": ")[1], evidence: {}, raised_entry_id: raisedEntryId },
        ...{
          first_at: day,
          last_at: day,
          due_at: new Date(),
          ...(aged && { raised_at: day, due_at: "2026-06-21Z" }),
        },
      }),
    ),
  );
}
const findingId = newId();
const beforeId = newId();
const said = (
  event: "finding.raised" | "finding.grown" | "finding.disposed",
  what: string,
  finding = findingId,
) => s.commit((sql) => entry(sql, event, { actor: s.max, body: { what, finding, actor: "ana" } }));

it("refuses to pack a review that is open, and whoever may not export", async () => {
  expect(codeOf(await makePack(clem, slug, keys))).toBe("conflict");
  expect(codeOf(await makePack(w.max, slug, keys))).toBe("not_allowed");
  expect(codeOf(await makePack(adam, slug, keys))).toBe("not_allowed");
  expect(codeOf(await makePack(clem, "2020-q1", keys))).toBe("not_found");
});

it("refuses a signature of what is open, in the schema too", async () => {
  expect(
    await attack(s, async (sql) =>
      insert(sql, "review_packs", {
        campaign_id: campaignId,
        version: 1,
        manifest: "{}",
        signature: "a..b",
        public_key: {},
        entry_id: await entry(sql, "pack.made", { actor: clem.actor.id }),
      }),
    ),
  ).toBe("review_pack_open");
});

it("decides, hands on, raises a finding and closes", async () => {
  const item = await itemOf(olga);
  valueIn(await lookAtItem(asLead, { slug, number: item.number }));
  valueIn(
    await decideItem(asLead, {
      itemId: item.id,
      decision: "keep",
      justification: 'Works on the desk, "daily"',
    }),
  );
  valueIn(
    await decideItem(asLead, {
      itemId: item.id,
      decision: "revoke",
      justification: "Has moved to sales, as it turned out",
    }),
  );
  const { taskId } = valueIn(
    await setTask(asLead, {
      ...{ itemId: item.id, what: "Take her out of the issuer’s group too" },
      ...{ ownerEmail: "max@alongside.test", dueOn: "2099-06-30" },
    }),
  );
  for (const [name, dueOn, reason] of [
    ["mia", "2099-11-30", "Max leaves the company in December."],
    ["mo", "2099-12-31", "Mia does not run the issuer, = nor may she."],
  ] as const)
    valueIn(
      await giveTaskOn(w.cora, { taskId, ownerEmail: `${name}@alongside.test`, dueOn, reason }),
    );
  valueIn(await doneTask(mo, { taskId }));
  const how = "The group’s list does not have her";
  valueIn(await checkTask(asLead, { taskId, result: "refused", how }));
  const own = await itemOf(s.ana);
  valueIn(
    await handOn(w.cora, {
      campaignId,
      number: own.number,
      to: s.mia,
      reason: "Max is away until the review is due.",
    }),
  );
  await raised(findingId, "2026-08-14Z", "F-9001 on ana: One VIP on 14 Aug");
  await raised(beforeId, "2026-06-14Z", "F-9002 on ana: One VIP on 14 Jun", true);
  await makeLate(s, campaignId);
  valueIn(
    await closeCampaign(clem, {
      campaignId,
      statement: "Every right of the quarter was looked at, 无冲突.",
      ownerEmail: "",
      expiresOn: "",
    }),
  );
});

it("holds each file that its manifest names, with the manifest and its signature last", async () => {
  const { name, bytes } = await whole();
  expect(name).toBe("access-review-2026-q3.zip");
  const entries = unzipped(bytes);
  expect(entries.map((one) => one.name)).toEqual([
    "decisions.csv",
    "decisions.jsonl",
    "items.csv",
    "items.jsonl",
    "public-key.json",
    "review.pdf",
    "roster.csv",
    "manifest.json",
    "manifest.jws",
  ]);
  expect(new Set(entries.map(({ method }) => method))).toEqual(new Set([0]));
  const files = filesIn(bytes);
  const manifest = JSON.parse(files.get("manifest.json") ?? "");
  for (const file of manifest.files) {
    const content = entries.find((one) => one.name === file.name)?.content ?? Buffer.alloc(0);
    expect(file).toEqual({
      name: file.name,
      bytes: content.length,
      sha256: createHash("sha256").update(content).digest("hex"),
      crc32: crc32(content),
    });
  }
  expect(manifest).toMatchObject({
    review: slug,
    first_day: "2026-07-01",
    closed_by: clem.actor.id,
  });
});

it("is signed by the panel's key, of which the private part is nowhere", async () => {
  const { bytes } = await whole();
  const files = filesIn(bytes);
  const jwk = JSON.parse(files.get("public-key.json") ?? "");
  expect(Object.keys(jwk).sort()).toEqual(["alg", "crv", "kid", "kty", "x", "y"]);
  const [head, payload, signature] = (files.get("manifest.jws") ?? "").split(".");
  expect(payload).toBe("");
  const manifest = Buffer.from(files.get("manifest.json") ?? "");
  const verify = (of: Buffer) =>
    importJWK(jwk, "ES256").then((key) =>
      flattenedVerify(
        { protected: head, payload: of.toString("base64url"), signature: signature ?? "" },
        key,
      ),
    );
  await expect(verify(manifest)).resolves.toBeTruthy();
  await expect(verify(Buffer.concat([manifest, Buffer.from(" ")]))).rejects.toThrow();
  expect(bytes.includes(keys[0]?.d ?? "?")).toBe(false);
});

it("says of each item what an auditor asks, inert where a spreadsheet reads formulas", async () => {
  const files = filesIn((await whole()).bytes);
  const items: Record<string, string>[] = parse(files.get("items.csv") ?? "", { columns: true });
  const { rows } = await s.owner.query(
    "select count(*)::int as n from review_items where campaign_id = $1",
    [campaignId],
  );
  expect(items).toHaveLength(rows[0].n);
  const of = (name: string) => items.find((item) => item.name === name);
  expect(of("Ольга Ё.")).toMatchObject({
    decision: "revoke",
    justification: "Has moved to sales, as it turned out",
    decided_by: "李娜",
    manager_at_snapshot: "李娜",
    reviewer_role: "manager",
    remediation_result: "refused",
    in_bulk: "false",
    employment_status: "active",
  });
  expect(of("Ольга Ё.")).toMatchObject({
    remediation: expect.not.stringMatching(/group/),
    remediated_by: "李娜",
    remediated_at: expect.stringMatching(/^20.+Z$/),
    remediation_verified_how: expect.not.stringMatching(/group/),
    tasks: expect.stringMatching(
      /^Take her out of the issuer’s group too \(owner mo, due 2099-12-31, of max until 2099-06-30, given on to mia by cora 20\S+Z \(Max leaves .+\), of mia until 2099-11-30, given on to mo by cora 20\S+Z \(Mia does .+\), done by mo 20\S+Z, refused: looked at by 李娜 20\S+Z, The group’s list/,
    ),
  });
  const { rows: tried } = await s.owner.query(
    "select verified_entry_id from review_remediations where kind = 'role_revoked' and item_id = $1",
    [of("Ольга Ё.")?.item_id],
  );
  expect(of("Ольга Ё.")?.remediation_entry_id).toBe(tried[0].verified_entry_id);
  expect(of("'=cmd|' /C calc'!A0")).toMatchObject({
    remediated_by: "policy",
    remediation_result: "refused",
    tasks: "",
  });
  expect(of("Ольга Ё.")?.conflict_check).toMatch(/\w/);
  expect(of("ana")?.reassignments).toMatch(/to mia by cora \(Max is away/);
  expect(of("'=cmd|' /C calc'!A0")).toMatchObject({ decided_by: "policy" });
  expect(of("สมชาย ใจดี")).toMatchObject({ decision: "", ended_at: "2026-08-01T00:00:00.000000Z" });
  const decisions: Record<string, string>[] = parse(files.get("decisions.csv") ?? "", {
    columns: true,
  });
  expect(
    decisions
      .filter(({ name }) => name === "Ольга Ё.")
      .map((d) => [d.decision, d.in_force_at_closing]),
  ).toEqual([
    ["keep", "false"],
    ["revoke", "true"],
  ]);
  const olgas = linesIn(files, "items.jsonl").find(({ staff_id }) => staff_id === olga);
  expect(olgas).toMatchObject({
    remediation_result: "refused",
    remediated_by: "李娜",
    decided_by_id: lead,
    in_bulk: false,
    permissions: expect.any(Array),
    tasks: [
      {
        owner: { name: "mo" },
        givenOn: [
          {
            ...{ from: { name: "max" }, fromDueOn: "2099-06-30", to: { name: "mia" } },
            ...{ dueOn: "2099-11-30", by: { name: "cora" }, at: expect.stringMatching(/^20.+Z$/) },
            ...{ reason: "Max leaves the company in December.", entryId: expect.any(String) },
          },
          { from: { name: "mia" }, to: { name: "mo" }, dueOn: "2099-12-31" },
        ],
        doneBy: { name: "mo" },
        verifiedBy: { name: "李娜" },
      },
    ],
  });
});

const linesIn = (files: Map<string, string>, name: string): Record<string, unknown>[] =>
  (files.get(name) ?? "")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

it.each(["items", "decisions"])("says the same of %s in CSV and in JSONL", async (name) => {
  const files = filesIn((await whole()).bytes);
  const rows: Record<string, string>[] = parse(files.get(`${name}.csv`) ?? "", { columns: true });
  const lines = linesIn(files, `${name}.jsonl`);
  expect(lines).toHaveLength(rows.length);
  for (const [at, row] of rows.entries()) {
    const line = lines[at] ?? {};
    expect(Object.keys(line)).toEqual(Object.keys(row));
    for (const [head, cell] of Object.entries(row))
      if (!Array.isArray(line[head]))
        expect(inert(line[head] === null ? "" : String(line[head]))).toBe(cell);
  }
});

it("says by which key it is signed, and how that is checked", async () => {
  const files = filesIn((await whole()).bytes);
  const { key, check } = JSON.parse(files.get("manifest.json") ?? "");
  const jwk = JSON.parse(files.get("public-key.json") ?? "");
  expect(key).toEqual({
    kid: jwk.kid,
    alg: "ES256",
    thumbprint: await calculateJwkThumbprint(jwk),
  });
  expect(check.join(" ")).toMatch(/manifest\.jws.+public-key\.json.+RFC 7638/);
});

it("is checked without the panel, as docs/evidence.md says", async () => {
  const folder = await mkdtemp(join(tmpdir(), "alongside-pack-"));
  try {
    for (const { name, content } of unzipped((await whole()).bytes))
      await writeFile(join(folder, name), content);
    const docs = await readFile("docs/evidence.md", "utf8");
    const script = /```js\n([\s\S]+?)```/.exec(docs)?.[1] ?? "";
    await writeFile(join(folder, "check.mjs"), script);
    const check = () => promisify(execFile)(process.execPath, ["check.mjs"], { cwd: folder });
    expect((await check()).stdout).toBe("{ signed: true, whole: true }\n");
    await appendFile(join(folder, "items.csv"), " ");
    expect((await check()).stdout).toBe("{ signed: true, whole: false }\n");
    await appendFile(join(folder, "manifest.json"), " ");
    expect((await check()).stdout).toBe("{ signed: false, whole: false }\n");
  } finally {
    await rm(folder, { recursive: true });
  }
});

it("is the same bytes in every time zone, by another key in force, and whatever happens after the closing", async () => {
  const { bytes } = await whole();
  const digest = createHash("sha256").update(bytes).digest("hex");
  expect(await digestOf(valueIn(await makePack(clem, slug, keys)).content)).toBe(digest);
  const newer = [
    ...keys,
    ...(await newKeys("newer")).map((key) => ({ ...key, signs_from: "2026-02-01T00:00:00Z" })),
  ];
  expect(await digestOf(valueIn(await makePack(clem, slug, newer)).content)).toBe(digest);

  valueIn(
    await changeStaff(adam, {
      staffId: lead,
      name: "Renamed Since",
      team: "EMEA support",
      zone: "UTC",
      managerEmail: "",
      roles: [],
      reason: "As asked",
      lookingOnly: false,
      kind: "person",
    }),
  );
  // Who had a task before is called what they were called then, too.
  valueIn(
    await changeStaff(adam, {
      ...{ staffId: s.max, name: "Max Since", team: "EMEA support", zone: "UTC" },
      ...{ managerEmail: "", roles: [], lookingOnly: false, kind: "person", reason: "As asked" },
    }),
  );
  valueIn(
    await correct(clem, {
      campaignId,
      number: null,
      correction: "Something turned out wrong in it later.",
    }),
  );
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [olga],
  );
  const grown = await said("finding.grown", "F-9001 on ana: Two VIPs on 14 Aug");
  const disposed = await said("finding.disposed", "F-9001: explained");
  const later = await said("finding.grown", "F-9002 on ana: Two VIPs, one on 2 Sep", beforeId);
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "findings", async () => {
      await sql.query(
        "update findings set last_at = '2026-09-02Z', changed_entry_id = $2 where id = $1",
        [beforeId, later],
      );
      await sql.query(
        `update findings set explanation = 'Two VIPs on 14 Aug', changed_entry_id = $2, status = 'explained', note = 'They had asked',
           disposed_by = $3, disposed_at = now(), disposed_entry_id = $4 where id = $1`,
        [findingId, grown, s.max, disposed],
      );
    }),
  );
  const url = s.runtime.options.connectionString;
  // Another time zone and way of writing dates of the server, another language of the machine.
  const settings = encodeURIComponent("-c timezone=Asia/Kathmandu -c datestyle=SQL,DMY");
  const elsewhere = `${url}${url?.includes("?") ? "&" : "?"}options=${settings}`;
  const given = JSON.stringify({ url: elsewhere, actor: clem.actor, slug, keys });
  const script = `
    const { packDigest } = await import("./lib/evidence/pack/testing.ts");
    console.log(await packDigest(JSON.parse(process.env.PACK)), new Date(0).getTimezoneOffset());`;
  const offsets = new Set<string>();
  for (const TZ of ["Pacific/Kiritimati", "America/St_Johns"]) {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--conditions=react-server", "--input-type=module", "-e", script],
      { env: { ...process.env, TZ, LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", PACK: given } },
    );
    const [made, offset = ""] = stdout.trim().split(" ");
    expect(made).toBe(digest);
    offsets.add(offset);
  }
  expect(offsets.size).toBe(2);
});

it("is signed once: neither again, nor otherwise, nor not at all", async () => {
  const again = (over: Record<string, unknown> = {}) =>
    attack(s, async (sql) =>
      insert(sql, "review_packs", {
        ...{
          campaign_id: campaignId,
          version: 2,
          manifest: "{}",
          signature: "a..b",
          public_key: {},
        },
        entry_id: await entry(sql, "pack.made", { actor: clem.actor.id }),
        ...over,
      }),
    );
  expect(await again()).toBe("review_packs_pkey");
  for (const statement of [
    "update review_packs set signature = 'a..b'",
    "delete from review_packs",
    "truncate review_packs",
  ]) {
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
    await expect(s.owner.query(statement)).rejects.toMatchObject({
      constraint: "review_packs_append_only",
    });
  }
});

it("breaks off rather than give what was not signed", async () => {
  const { rows } = await s.owner.query("select * from review_packs");
  expect(rows).toHaveLength(1);
  const other = await newKeys("other");
  const lost = valueIn(await makePack(clem, slug, other));
  // Its key is gone from the settings: what was signed is still there, and so is the public key.
  expect(await digestOf(lost.content)).toMatch(/^[0-9a-f]{64}$/);
  await s.owner.query("alter table review_items disable trigger user");
  await s.owner.query("update review_items set sessions = sessions + 1 where staff_id = $1", [
    olga,
  ]);
  const broken = valueIn(await makePack(clem, slug, keys));
  await expect(buffer(broken.content)).rejects.toThrow("not the one that was signed");
  await s.owner.query("update review_items set sessions = sessions - 1 where staff_id = $1", [
    olga,
  ]);
});

it("is for the guest of its period, and for no other", async () => {
  const guestOf = async (from: string, to: string): Promise<Ctx<GuestActor>> => {
    const { guestId } = valueIn(
      await inviteGuest(clem, {
        ...{ name: "Astrid Vale", firm: "Vale", email: "astrid@vale.test", from, to, days: 14 },
        reason: "The SOC 2 examination of the quarter",
      }),
    );
    const actor = { id: guestId, name: "Astrid Vale", firm: "Vale", linkId: newId(), zone: "UTC" };
    return { ...clem, actor: { kind: "guest", ...actor } };
  };
  const within = await guestOf("2026-07-01", "2026-09-30");
  const elsewhere = await guestOf("2026-07-02", "2026-12-31");
  const before = (await whole()).bytes;
  expect(await buffer(valueIn(await makePack(within, slug, keys)).content)).toEqual(before);
  expect(codeOf(await makePack(elsewhere, slug, keys))).toBe("not_found");
  const { rows } = await s.owner.query(
    "select event from audit_entry where actor_id = any($1) and event in ('pack.made', 'guest.refused') order by occurred_at",
    [[within.actor.id, elsewhere.actor.id]],
  );
  expect(rows.map(({ event }) => event)).toEqual(["pack.made", "guest.refused"]);

  expect(await readCampaigns(within)).toHaveLength(1);
  const running = valueIn(await makePack(within, slug, keys)).content[Symbol.asyncIterator]();
  expect((await running.next()).done).toBe(false);
  valueIn(await revokeGuest(clem, { guestId: within.actor.id }));
  const toTheEnd = async () => {
    while (!(await running.next()).done);
  };
  await expect(toTheEnd()).rejects.toThrow("is over");
  const late = await guestOf("2026-07-01", "2026-09-30");
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "guests", () =>
      sql.query(
        "update guests set invited_at = invited_at - interval '14 days', expires_at = expires_at - interval '14 days' where id = $1",
        [late.actor.id],
      ),
    ),
  );
  for (const over of [within, late]) {
    expect(codeOf(await makePack(over, slug, keys))).toBe("not_found");
    expect(await readCampaign(over, slug)).toBeNull();
    expect(await readCampaigns(over)).toEqual([]);
    await expect(readGuestPeriod(over)).rejects.toThrow("is over");
  }
});
