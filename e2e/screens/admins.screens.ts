import { persona, runa } from "#e2e/fixtures/staff.ts";
import { test } from "./shoot.ts";
import { one, tour } from "./tour.ts";

test("settings", async ({ signedIn, databases: { owner }, shoot }) => {
  const { page } = await signedIn(persona("Kesi Lindqvaard"));
  await tour(page, shoot, [
    ["Settings", "staff", "/settings/staff"],
    ["Settings", "one of the staff", `/settings/staff/${runa.id}`],
    ["Settings", "somebody new", "/settings/staff/new"],
    ["Settings", "groups", "/settings/staff/groups"],
    ["Settings", "policy", "/settings/policy"],
    ["Settings", "policy, change", "/settings/policy/change"],
    ["Settings", "lawful basis", "/settings/basis"],
    ["Settings", "lawful basis, change", "/settings/basis/change"],
    ["Settings", "notices", "/settings/notices"],
    ["Settings", "a new receiver", "/settings/notices/new"],
    ["Settings", "global stop", "/settings/stop"],
    ["Proposals", "an admin's", "/proposals"],
    ["Inbox", "an admin's", "/inbox"],
    ["Reviews", "an admin's", "/reviews"],
    ["Reviews", "tasks", "/reviews/tasks"],
    ["Requests", "an admin's", "/requests"],
    ["Audit", "an admin's", "/audit"],
  ]);
  const product = await one(owner, "select id from products order by name limit 1");
  const answer = await page.goto(`/settings/products/${product}`);
  if (answer?.ok()) await shoot(page, "Settings", "a product");
});

test("sign-in", async ({ somebody, shoot }) => {
  const page = await somebody();
  await tour(page, shoot, [
    ["Sign in", "personas", "/sign-in"],
    ["Sign in", "with a way back", "/sign-in?from=%2Frequests"],
    ["Sign in", "no such name", "/sign-in?name=zzz"],
    ["Sign in", "again, nobody signed in", "/sign-in/again"],
    ["Auditor", "a link that is no more", `/auditor/enter?key=${"x".repeat(43)}`],
    ["Auditor", "nobody", "/auditor"],
  ]);
});
