import type { Page } from "@playwright/test";
import { closedReview, invited } from "#e2e/fixtures/guests.ts";
import { persona, runa } from "#e2e/fixtures/staff.ts";
import { controlIds } from "#lib/evidence/controls/controls.ts";
import { expect, test } from "./shoot.ts";
import { one, tour } from "./tour.ts";

const mirela = persona("Mirela Osthoff");
const pages = ["", "/figures", "/list", "/people", "/population", "/reviewers", "/pack"];

test("reviews", async ({ signedIn, databases: { owner }, shoot }) => {
  const { page } = await signedIn(mirela);
  await tour(page, shoot, [
    ["Reviews", "compliance", "/reviews"],
    ["Reviews", "a new one", "/reviews/new"],
  ]);
  for (const status of ["open", "closed"]) {
    const slug = await one(
      owner,
      "select slug from campaigns where status = $1 order by first_day desc limit 1",
      [status],
    );
    const number = await one(
      owner,
      "select i.number from review_items i join campaigns c on c.id = i.campaign_id where c.slug = $1 order by i.sessions desc limit 1",
      [slug],
    );
    await tour(page, shoot, [
      ...pages.map((at) => ["Review", `${status}${at}`, `/reviews/${slug}${at}`] as const),
      ["Review", `${status}, an item`, `/reviews/${slug}/items/${number}`],
      status === "open"
        ? ["Review", "close", `/reviews/${slug}/close`]
        : ["Review", "correct", `/reviews/${slug}/correct`],
    ]);
    if (status === "open")
      await tour(page, shoot, [
        ["Review", "hand on", `/reviews/${slug}/hand-on?from=${runa.id}`],
        ["Review", "hand on all", `/reviews/${slug}/hand-on`],
      ]);
  }
});

test("evidence, findings and the log", async ({ signedIn, databases: { owner }, shoot }) => {
  const { page } = await signedIn(mirela);
  const entry = await one(
    owner,
    "select id from audit_entry where event = 'session.ended' order by occurred_at desc limit 1",
  );
  const finding = await one(owner, "select number from findings order by number limit 1");
  const session = await one(
    owner,
    "select id from sessions where scope = 'write' and ended_at is not null order by started_at desc limit 1",
  );
  const actor = await one(
    owner,
    "select actor_id from sessions where ended_at is not null group by 1 order by count(*) desc limit 1",
  );
  const reached = `whose=actor:${actor}&from=2000-01-01&to=2100-01-01`;
  await tour(page, shoot, [
    ["Audit", "compliance", "/audit"],
    ["Audit", "an entry open", `/audit?open=${entry}`],
    ["Audit", "filtered", "/audit?event=session.started&write=yes"],
    ["Audit", "no match", "/audit?ticket=NONE-1"],
    ["Exports", "the form", "/audit/export"],
    ["Exports", "none yet", "/audit/exports"],
    ["Exposure", "the form", "/exposure"],
    ["Exposure", "of somebody", `/exposure?${reached}`],
    ["Exposure", "export", `/exposure/export?${reached}`],
    ["Findings", "compliance", "/findings"],
    ["Findings", "disposed", "/findings?status=disposed"],
    ["Finding", "compliance", `/findings/${finding}`],
    ["Sessions", "compliance", "/sessions"],
    ["Sessions", "figures, compliance", "/sessions/figures"],
    ["Session", "of the past, acting", `/sessions/${session}`],
    ["Session", "report, compliance", `/sessions/${session}/report`],
    ["Inbox", "compliance", "/inbox"],
    ["Settings", "policy, seen by compliance", "/settings/policy"],
    ["Settings", "staff, seen by compliance", "/settings/staff"],
    ["Evidence", "controls", "/evidence"],
    ...controlIds.map((id) => ["Evidence", `control ${id}`, `/evidence/${id}`] as const),
    ["Guests", "before", "/evidence/guests"],
    ["Guests", "invite one", "/evidence/guests/new"],
  ]);
  await page.goto("/audit");
  await page.locator("details.filter > summary").filter({ hasText: "Actor" }).click();
  await expect(page.getByRole("option").first()).toBeVisible();
  await shoot(page, "Audit", "somebody to filter by");
  await page.goto("/exposure");
  await page.getByRole("combobox").fill("l");
  await expect(page.getByRole("option").first()).toBeVisible();
  await shoot(page, "Exposure", "somebody to choose");
});

/** The first line of the first control that has any in the auditor's period. */
async function lineOf(page: Page): Promise<string | null> {
  for (const id of controlIds) {
    await page.goto(`/auditor/controls/${id}`);
    const links = page.locator(`main a[href^="/auditor/controls/${id}/0"]`);
    if ((await links.count()) > 0) return links.first().getAttribute("href");
  }
  return null;
}

test("an auditor", async ({ newcomer, somebody, databases: { owner }, shoot }) => {
  const compliance = await newcomer(["compliance"]);
  const review = await closedReview(owner, compliance);
  const { guestId, path } = await invited(compliance, review);
  await tour(compliance.page, shoot, [
    ["Guests", "one invited", "/evidence/guests"],
    ["Guests", "one of them", `/evidence/guests/${guestId}`],
  ]);
  const page = await somebody();
  await tour(page, shoot, [["Auditor", "the link", path]]);
  await page.getByRole("button").first().click();
  await page.waitForURL(/\/auditor$/);
  await tour(page, shoot, [
    ["Auditor", "home", "/auditor"],
    ["Auditor", "a review", `/auditor/reviews/${review.slug}`],
    ["Auditor", "an item", `/auditor/reviews/${review.slug}/items/1`],
    ...controlIds.map((id) => ["Auditor", `control ${id}`, `/auditor/controls/${id}`] as const),
  ]);
  const line = await lineOf(page);
  if (!line) throw new Error("No control has a line");
  await tour(page, shoot, [["Auditor", "a line of a control", line]]);
});
