import { giveRole } from "#db/testing/people.ts";
import { withCompany } from "#e2e/fixtures/company.ts";
import { givePolicy } from "#e2e/fixtures/policy.ts";
import type { Role } from "#lib/vocabulary.ts";
import { test } from "./shoot.ts";

/** Where there is nothing yet, for whom. */
const empty: readonly [role: Role, paths: readonly string[]][] = [
  [
    "compliance",
    [
      "/",
      "/reviews",
      "/reviews/tasks",
      "/findings",
      "/evidence",
      "/evidence/guests",
      "/audit",
      "/audit/exports",
      "/exposure",
      "/sessions",
      "/sessions/live",
      "/sessions/figures",
      "/inbox",
    ],
  ],
  [
    "manager",
    [
      "/",
      "/requests",
      "/sessions",
      "/sessions/to-look-at",
      "/findings",
      "/reviews",
      "/audit",
      "/inbox",
    ],
  ],
  [
    "admin",
    [
      "/",
      "/settings/staff",
      "/settings/policy",
      "/settings/basis",
      "/settings/notices",
      "/settings/staff/groups",
      "/proposals",
      "/requests",
    ],
  ],
  ["agent", ["/", "/requests", "/sessions", "/inbox"]],
];

test("a company without a past", async ({ somebody, shoot }) => {
  await withCompany({}, async ({ owner, hire, signIn, at }) => {
    await givePolicy(owner);
    for (const [role, paths] of empty) {
      const person = await hire(role, []);
      await giveRole(owner, person.id, role, "1 second");
      const page = await somebody();
      await signIn(page, person.email, "/");
      for (const path of paths) {
        await page.goto(at(path));
        await shoot(page, "Nothing yet", `${role}, ${path}`);
      }
    }
  });
});
