import { giveRole } from "#db/testing/people.ts";
import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { withCompany } from "#e2e/fixtures/company.ts";
import { givePolicy } from "#e2e/fixtures/policy.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("a company without a past is told on each page what will be there, and when", async ({
  somebody,
}) => {
  await withCompany({}, async ({ owner, hire, signIn, at }) => {
    await givePolicy(owner);
    const person = await hire("Clem", []);
    await giveRole(owner, person.id, "compliance", "1 second");
    const page = await somebody();
    await signIn(page, person.email, "/reviews");
    const pages: [path: string, heading: string][] = [
      ["/reviews", "No review yet"],
      ["/reviews/tasks", "Nothing for you to do"],
      ["/findings", "Nothing to dispose of"],
      ["/findings?status=disposed", "Nothing disposed of yet"],
      ["/evidence/guests", "Nobody was invited yet"],
      ["/audit/exports", "Nothing was exported yet"],
      ["/exposure", "Choose whose traces, and the days"],
    ];
    for (const [path, heading] of pages) {
      await page.goto(at(path));
      await expect(page.getByRole("heading", { name: heading })).toBeVisible();
      await expectAccessibleInBoth(page, `${path} of a new company`);
    }
    await page.goto(at("/reviews"));
    await expect(page.getByText("The first is here as soon as compliance opens it.")).toBeVisible();
    await page.getByRole("link", { name: "The quarter so far" }).click();
    await expect(page.getByRole("region", { name: "Population so far" })).toContainText("1");
    await expectAccessibleInBoth(page, "the first quarter of a new company");
    await page.goto(at("/evidence"));
    await expect(page.getByRole("row", { name: /CC6\.2/ })).toContainText("1");
    await expectAccessibleInBoth(page, "controls of a new company");
  });
});
