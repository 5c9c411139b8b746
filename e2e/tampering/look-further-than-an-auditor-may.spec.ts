import { keepEmpty } from "#db/testing/limits.ts";
import { act, allActions, refusedWith } from "#e2e/fixtures/actions.ts";
import { closedReview, invited, pressed } from "#e2e/fixtures/guests.ts";
import { send } from "#e2e/fixtures/http.ts";
import { forgetLimits, useUp } from "#e2e/fixtures/limits.ts";
import { countOf, watch } from "#e2e/fixtures/record.ts";
import { allRoutes } from "#e2e/fixtures/routes.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stateOfAll } from "#e2e/fixtures/untouched.ts";
import { makeLink } from "#lib/evidence/guests/make-link.ts";
import { revokeGuest } from "#lib/evidence/guests/revoke.ts";

const anId = "01900000-0000-7000-8000-000000000000";

test("an auditor's cookie opens no page, handler or action of the staff", async ({
  newcomer,
  databases: { owner },
  urls,
}) => {
  const compliance = await newcomer(["compliance"]);
  const review = await closedReview(owner, compliance);
  const { cookie } = await pressed((await invited(compliance, review)).secret);
  const before = await stateOfAll(owner);
  const paths = allRoutes()
    .filter((route) => !route.startsWith("/auditor"))
    .map((route) => route.replace("[slug]", review.slug).replace(/\[[^\]]*\]/g, anId));
  expect(paths.length).toBeGreaterThan(30);
  for (const path of paths) {
    const theirs = await send(urls.panel, path, { headers: { cookie } });
    const nobodys = await send(urls.panel, path);
    expect(theirs.status, path).toBe(nobodys.status);
    expect(theirs.headers.location, path).toBe(nobodys.headers.location);
    // The demo's sign-in page names everybody who could sign in.
    if (path !== "/sign-in") expect(theirs.text, path).not.toContain(review.person);
  }
  for (const action of allActions().filter(({ name }) => name !== "signOutAction")) {
    const answer = await act(action, null, {}, { headers: { cookie } });
    expect(refusedWith(answer), action.name).toBe("not_signed_in");
  }
  const pack = await send(urls.panel, `/reviews/${review.slug}/pack/file`, {
    method: "POST",
    headers: { cookie, origin: urls.panel },
  });
  expect(pack.status).toBe(403);
  const { guest_links: _, ...rest } = await stateOfAll(owner);
  const { guest_links: __, ...same } = before;
  expect(rest).toEqual(same);
});

test("an auditor sees nothing of another period, by whatever address, and that is on record", async ({
  newcomer,
  databases: { owner },
  urls,
}) => {
  const compliance = await newcomer(["compliance"]);
  const own = await closedReview(owner, compliance);
  const other = await closedReview(owner, compliance);
  const { cookie } = await pressed((await invited(compliance, own)).secret);
  const { rows } = await owner.query<{ id: string }>(
    "select g.id from staff_roles g join staff s on s.id = g.staff_id where s.name = $1",
    [other.person],
  );
  const refused = await watch(owner, "guest.refused");
  const beside = [
    `/auditor/reviews/${other.slug}`,
    `/auditor/reviews/${other.slug}/items/1`,
    `/auditor/controls/CC6.2/${rows[0]?.id}`,
    `/auditor/controls/CC6.2/${rows[0]?.id}?from=${other.from}&to=${other.to}`,
    "/auditor/controls/CC9.9",
  ];
  for (const path of beside) {
    const answer = await send(urls.panel, path, { headers: { cookie } });
    expect(answer.status, path).toBe(404);
    expect(answer.text, path).not.toContain(other.person);
  }
  expect(await refused()).toHaveLength(beside.length);
  for (const path of [
    "/auditor",
    `/auditor?from=${other.from}&to=${other.to}`,
    `/auditor/controls/CC6.2?from=${other.from}&to=${other.to}`,
    `/auditor/controls/CC6.2?from=${other.from}&to=${other.to}&n=200&seed=1`,
    `/auditor/controls/CC6.2/file?from=${other.from}&to=${other.to}&n=200&seed=1`,
    `/auditor/controls/CC6.2/population?from=${other.from}&to=${other.to}`,
  ]) {
    const answer = await send(urls.panel, path, { headers: { cookie } });
    expect(answer.status, path).toBe(200);
    expect(answer.text, path).not.toContain(other.person);
  }
  const pack = await send(urls.panel, `/auditor/reviews/${other.slug}/pack`, {
    method: "POST",
    headers: { cookie, origin: urls.panel },
  });
  expect(pack.status).toBe(303);
  expect(pack.headers.location).toContain("refused=not_found");
});

const parts: Record<string, string>[] = [
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_index" },
  { purpose: "prefetch", "sec-purpose": "prefetch;prerender" },
];

test("a part of a page, or one asked for beforehand, says no more, and whoever got something is on record", async ({
  newcomer,
  databases: { owner },
  urls,
}) => {
  const compliance = await newcomer(["compliance"]);
  const own = await closedReview(owner, compliance);
  const other = await closedReview(owner, compliance);
  const { cookie } = await pressed((await invited(compliance, own)).secret);
  const looks = await watch(owner, "guest.read");
  let told = 0;
  for (const part of parts) {
    const headers = { ...part, cookie };
    const theirs = await send(urls.panel, `/auditor/reviews/${own.slug}/items/1`, { headers });
    if (theirs.text.includes(own.person)) told += 1;
    expect((await looks()).length, JSON.stringify(part)).toBeGreaterThanOrEqual(told);
    for (const path of [
      `/auditor/reviews/${other.slug}`,
      `/auditor/reviews/${other.slug}/items/1`,
    ]) {
      const beside = await send(urls.panel, path, { headers });
      expect(beside.text, JSON.stringify(part)).not.toContain(other.person);
    }
  }
  expect(told).toBeGreaterThan(0);
});

test("an auditor takes the whole population of their period, and of no other", async ({
  newcomer,
  databases: { owner },
  urls,
}) => {
  const compliance = await newcomer(["compliance"]);
  const own = await closedReview(owner, compliance);
  const other = await closedReview(owner, compliance);
  const { cookie } = await pressed((await invited(compliance, own)).secret);
  const query = `from=${other.from}&to=${other.to}`;
  const path = `/auditor/controls/CC6.2/population?${query}`;
  const taken = await send(urls.panel, path, { headers: { cookie } });
  expect(taken.status).toBe(200);
  expect(taken.text.split("\r\n")[0]).toBe("control,id,at,kind,who,what,exception,entry_id");
  expect(taken.text).not.toContain(other.person);
  expect((await send(urls.panel, path)).status).toBe(403);
});

test("nobody comes in by a link that was used, replaced or guessed", async ({
  newcomer,
  databases: { owner },
  urls,
}) => {
  const compliance = await newcomer(["compliance"]);
  const review = await closedReview(owner, compliance);
  const guest = await invited(compliance, review);
  const refused = await watch(owner, "guest.refused");
  expect((await pressed(guest.secret)).location).toBe("/auditor");
  const twice = await pressed(guest.secret);
  expect(twice).toEqual({ cookie: "", location: "/auditor/enter?because=used" });
  const page = await send(urls.panel, guest.path);
  expect(page.text).toContain("This link was used before");
  expect((await refused()).map(({ body }) => body.refused)).toEqual(["used", "used"]);

  const fresh = await invited(compliance, review);
  await makeLink(compliance.ctx, fresh);
  expect((await pressed(fresh.secret)).location).toBe("/auditor/enter?because=replaced");

  await forgetLimits(owner);
  const before = await countOf(owner, "guest.refused", "not_found");
  for (let i = 0; i < 60; i += 1) await send(urls.panel, `/auditor/enter?key=guess${i}`);
  const bucket = "guest_link_from_source:127.0.0.1";
  // What ran in meanwhile: one each 10 s.
  expect(await useUp(owner, bucket, "guest_link_from_source", 60)).toBeLessThan(10);
  await keepEmpty(owner, bucket);
  expect((await pressed("guess")).location).toBe("/auditor/enter?because=too_often");
  expect(await countOf(owner, "guest.refused", "not_found")).toBe(before + 60);
  expect(await countOf(owner, "limit.refused", "guest_link_from_source")).toBeGreaterThan(0);
  await forgetLimits(owner);
});

test("an access that was ended or is over ends with the next click", async ({
  newcomer,
  databases: { owner },
  urls,
}) => {
  const compliance = await newcomer(["compliance"]);
  const review = await closedReview(owner, compliance);
  const guest = await invited(compliance, review);
  const { cookie } = await pressed(guest.secret);
  const look = (path: string) => send(urls.panel, path, { headers: { cookie } });
  expect((await look("/auditor")).status).toBe(200);
  await revokeGuest(compliance.ctx, guest);
  for (const path of ["/auditor", `/auditor/reviews/${review.slug}`]) {
    const answer = await look(path);
    expect(answer.text).not.toContain(review.person);
    expect(answer.headers.location ?? answer.text).toContain("because=revoked");
  }
  for (const file of ["file?n=1&seed=1", "population"])
    expect((await look(`/auditor/controls/CC6.2/${file}`)).status).toBe(403);
});

test("a form of another origin neither lets in nor sends a pack", async ({
  newcomer,
  databases: { owner },
  urls,
}) => {
  const compliance = await newcomer(["compliance"]);
  const review = await closedReview(owner, compliance);
  const guest = await invited(compliance, review);
  const from = async (path: string, cookie: string, origin?: string) =>
    send(urls.panel, path, {
      method: "POST",
      headers: {
        cookie,
        "content-type": "application/x-www-form-urlencoded",
        ...(origin ? { origin } : {}),
      },
      body: `key=${guest.secret}`,
    });
  for (const origin of [undefined, "null", "https://elsewhere.test"]) {
    const answer = await from("/auditor/enter/in", "", origin);
    expect(answer.headers["set-cookie"] ?? "").not.toContain("alongside.guest");
  }
  const { cookie } = await pressed(guest.secret);
  for (const origin of [undefined, "null", "https://elsewhere.test"]) {
    expect((await from(`/auditor/reviews/${review.slug}/pack`, cookie, origin)).status).toBe(403);
    await from("/auditor/leave", cookie, origin);
  }
  expect((await send(urls.panel, "/auditor", { headers: { cookie } })).status).toBe(200);
});
