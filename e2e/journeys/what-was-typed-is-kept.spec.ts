import { expect, test } from "#e2e/fixtures/test.ts";

for (const javaScriptEnabled of [true, false])
  test(`a refused form keeps odd texts and several choices, ${javaScriptEnabled ? "with" : "without"} script`, async ({
    newcomer,
    browser,
    urls,
  }) => {
    const admin = await newcomer(["admin"]);
    const context = await browser.newContext({ javaScriptEnabled });
    await context.addCookies(await admin.context.cookies(urls.panel));
    const page = await context.newPage();
    await page.goto("/settings/staff/new");
    const name = page.getByLabel("Name", { exact: true });
    const team = page.getByLabel("Team");
    const agent = page.getByRole("checkbox", { name: /Agent/ });
    const compliance = page.getByRole("checkbox", { name: /Compliance/ });
    // What React marks things of its own with.
    await name.fill("$K1 Dollar");
    await team.fill("$undefined");
    await page
      .getByLabel("E-mail", { exact: true })
      .fill(`dollar-${javaScriptEnabled}@alongside.test`);
    await agent.check();
    await compliance.check();
    for (const _try of ["first", "second"]) {
      await page.getByRole("button", { name: "Add to the staff" }).click();
      await expect(page.getByText("exclude each other").first()).toBeVisible();
      await expect(name).toHaveValue("$K1 Dollar");
      await expect(team).toHaveValue("$undefined");
      await expect(agent).toBeChecked();
      await expect(compliance).toBeChecked();
    }
    await compliance.uncheck();
    await page.getByRole("button", { name: "Add to the staff" }).click();
    await expect(page.getByRole("heading", { name: "$K1 Dollar" })).toBeVisible();
    await context.close();
  });
