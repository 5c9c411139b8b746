import { comeEvening, snoop } from "#e2e/fixtures/findings.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { subjectOf } from "#e2e/fixtures/standing-in.ts";
import { test } from "./shoot.ts";
import { one, tour } from "./tour.ts";

test("a manager's pages", async ({ signedIn, databases: { owner }, shoot }) => {
  const { page } = await signedIn(runa);
  const slug = await one(
    owner,
    "select slug from campaigns where status = 'open' order by first_day limit 1",
  );
  const item = await one(
    owner,
    "select i.number from review_items i join campaigns c on c.id = i.campaign_id where c.slug = $1 and i.decision is null and i.ended_at is null and i.reviewer_id = $2 order by i.sessions desc limit 1",
    [slug, runa.id],
  );
  await tour(page, shoot, [
    ["Requests", "nothing waits", "/requests"],
    ["Requests", "breadth", "/requests/breadth"],
    ["Live", "nobody", "/sessions/live"],
    ["Sessions", "a manager's team", "/sessions"],
    ["Sessions", "no match", "/sessions?from=2001-01-01&to=2001-01-02"],
    ["Sessions", "figures", "/sessions/figures"],
    ["Sessions", "to look at", "/sessions/to-look-at"],
    ["Inbox", "a manager's", "/inbox"],
    ["Me", "notices", "/me/notices"],
    ["Me", "devices", "/me/devices"],
    ["Me", "away", "/me/away"],
    ["Findings", "a manager's", "/findings"],
    ["Reviews", "a manager's", "/reviews"],
    ["Review", "a manager's", `/reviews/${slug}`],
    ["Review", "a manager's items", `/reviews/${slug}/items`],
    ["Review", "one item", `/reviews/${slug}/items/${item}`],
    ["Audit", "a manager's team", "/audit"],
    ["Proposals", "a manager's", "/proposals"],
    ["Not allowed", "settings of the policy", "/settings/policy/change"],
    ["Not found", "no such page", "/nothing-here"],
  ]);
});

test("an agent's own", async ({ newcomer, signedIn, databases, shoot }) => {
  const agent = await newcomer();
  await tour(agent.page, shoot, [
    ["Sessions", "none yet", "/sessions"],
    ["Findings", "none about oneself", "/findings/mine"],
    ["Inbox", "empty", "/inbox"],
    ["Audit", "an agent without any", "/audit"],
    ["Not allowed", "an agent at the reviews", "/reviews"],
    ["Reviews", "tasks, none", "/reviews/tasks"],
  ]);
  const number = await snoop(
    databases,
    agent,
    await subjectOf(databases.owner, "olu@pebblewick.test"),
  );
  await comeEvening(databases, agent.person.zone);
  await tour(agent.page, shoot, [["Findings", "asked about one", "/findings/mine"]]);
  const { page } = await signedIn(runa);
  await tour(page, shoot, [["Finding", "open", `/findings/${number}`]]);
});
