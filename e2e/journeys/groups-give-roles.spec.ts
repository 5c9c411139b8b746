import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { withCompany } from "#e2e/fixtures/company.ts";
import { givePolicy } from "#e2e/fixtures/policy.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("groups of the issuer give roles at the sign-in and take them, on record", async ({
  somebody,
}) => {
  await withCompany({}, async ({ owner, hire, signIn, at, issuer }) => {
    await givePolicy(owner);
    const [ada, bo] = [await hire("Ada", ["admin"]), await hire("Bo", ["admin"])];
    const lou = await hire("Lou", []);
    const account = issuer.accounts.get(lou.email);
    if (!account) throw new Error("The issuer does not know Lou");
    const inGroups = (...groups: string[]) =>
      issuer.accounts.set(lou.email, { ...account, groups });
    const rolesOf = async () => {
      const { rows } = await owner.query(
        "select role, issuer_group from staff_roles where staff_id = $1 and revoked_at is null order by role",
        [lou.id],
      );
      return rows.map(({ role, issuer_group }) => `${role} by ${issuer_group}`);
    };

    const admin = await somebody();
    await signIn(admin, ada.email, "/settings/staff");
    await admin.getByRole("link", { name: "Groups" }).click();
    await expect(admin.getByRole("heading", { name: "No group gives a role" })).toBeVisible();
    await expectAccessibleInBoth(admin, "groups, none mapped");
    await admin.getByRole("button", { name: "Map the group" }).click();
    await expect(admin.getByRole("alert").first()).toBeVisible();
    await expectAccessibleInBoth(admin, "groups, refused");
    const map = async (group: string, role: RegExp) => {
      await admin.getByLabel("Group", { exact: true }).fill(group);
      await admin.getByRole("radio", { name: role }).check();
      await admin.getByLabel("Why?").last().fill("The desk is kept there");
      await admin.getByRole("button", { name: "Map the group" }).click();
    };
    await map("desk", /^Agent/);
    await expect(admin.getByRole("status").filter({ hasText: "Mapped." })).toBeVisible();
    await map("watch", /^Compliance/);
    await expect(admin.getByRole("status").filter({ hasText: "Proposed." })).toBeVisible();

    inGroups("desk", "watch");
    const theirs = await somebody();
    await signIn(theirs, lou.email);
    await expect(theirs).toHaveURL(at("/"));
    expect(await rolesOf()).toEqual(["agent by desk"]);

    const { rows } = await owner.query("select number from proposals where kind = 'role'");
    const second = await somebody();
    await signIn(second, bo.email, `/proposals/${rows[0]?.number}`);
    await expectAccessibleInBoth(second, "a group that would give compliance");
    await second.getByRole("button", { name: /^Accept/ }).click();
    await expect(async () => {
      const mapped = await owner.query("select role from issuer_groups where group_name = 'watch'");
      expect(mapped.rows).toEqual([{ role: "compliance" }]);
    }).toPass();

    // Out of the one and into the other, at their next sign-in.
    inGroups("watch");
    await theirs.goto(at("/sign-in"));
    await theirs.getByRole("button", { name: "Sign in with Acme" }).click();
    await expect(theirs).toHaveURL(at("/"));
    expect(await rolesOf()).toEqual(["compliance by watch"]);

    await admin.goto(at("/settings/staff/groups"));
    const mapping = admin.getByRole("row", { name: /watch/ });
    await expect(mapping).toContainText("1");
    await expectAccessibleInBoth(admin, "groups, mapped");
    await mapping.getByText("Take back…").click();
    await mapping.getByLabel("Why?").fill("They watch elsewhere now");
    await mapping.getByRole("button", { name: "Take back" }).click();
    await expect(admin.getByRole("status").filter({ hasText: "Taken back." })).toBeVisible();
    expect(await rolesOf()).toEqual([]);
    await theirs.goto(at("/"));
    await expect(theirs.getByRole("heading", { name: "You hold no role any more" })).toBeVisible();
  });
});
