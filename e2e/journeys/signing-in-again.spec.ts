import type { Page } from "@playwright/test";
import { addAccount, addSubject } from "#db/testing/people.ts";
import { insert } from "#db/testing/sql.ts";
import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { answerIssuer, type Company, type Employee, withCompany } from "#e2e/fixtures/company.ts";
import { givePolicyOf } from "#e2e/fixtures/policy.ts";
import { reviewOf } from "#e2e/fixtures/reviews.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { newId } from "#lib/kernel/ids.ts";

const why = "The invoice of October does not open for her.";
const comment = "Yes, and only that one invoice.";

/** A product with somebody of a regulated account. */
async function regulated({ owner }: Company): Promise<string> {
  const product = newId();
  await insert(owner, "products", {
    id: product,
    client_id: "ledger",
    name: "Ledger",
    environment: "production",
    origin: "http://127.0.0.1:9",
    redirect_uris: ["http://127.0.0.1:9/callback"],
    initiate_login_uri: "http://127.0.0.1:9/login",
  });
  const account = await addAccount(owner, product, "regulated", { name: "Halden Trust" });
  return (await addSubject(owner, product, account, { name: "Rita Moss" })).id;
}

/** An hour passes since somebody proved who they are. */
const anHourPasses = ({ owner }: Company, { id }: Employee) =>
  owner.query(
    "update staff_sign_ins set auth_time = clock_timestamp() - interval '1 hour' where staff_id = $1",
    [id],
  );

/** Presses “Sign in again” beside a form, says to the issuer who one is, and closes that tab. */
async function againBeside(page: Page, email: string): Promise<void> {
  const opened = page.context().waitForEvent("page");
  await page.getByRole("link", { name: "Sign in again" }).click();
  const tab = await opened;
  await expectAccessibleInBoth(tab, "sign in again");
  await tab.getByRole("button", { name: "Sign in again with Acme" }).click();
  await answerIssuer(tab, email);
  await expect(tab.getByRole("heading", { name: "You signed in again" })).toBeVisible();
  await expectAccessibleInBoth(tab, "signed in again");
  await tab.close();
}

test("a manager approves and an agent starts what is sensitive after a fresh sign-in, in the sign-in that they have", async ({
  somebody,
}) => {
  await withCompany({}, async (company) => {
    const { owner, hire, signIn, at } = company;
    await givePolicyOf(owner, { freshSignIn: { sensitiveStart: 15, sensitiveApproval: 15 } });
    const subject = await regulated(company);
    const [agent, manager] = [await hire("Elin", ["agent"]), await hire("Runa", ["manager"])];

    const asks = await somebody();
    await signIn(asks, agent.email, `/customers/${subject}/start`);
    await asks.getByRole("radio", { name: /Carry out what they asked for/ }).check();
    await asks.getByLabel("In a sentence").fill(why);
    await asks.getByRole("radio", { name: /Called back/ }).check();
    await asks.getByRole("textbox", { name: "Ticket" }).fill("SUP-4821");
    await asks.getByRole("button", { name: "Send to approvers" }).click();
    await expect(asks).toHaveURL(/\/requests\//);
    const path = new URL(asks.url()).pathname;

    const decides = await somebody();
    await signIn(decides, manager.email, path);
    await anHourPasses(company, manager);
    await decides.getByRole("textbox", { name: /Comment/ }).fill(comment);
    await decides.getByRole("button", { name: /^Approve/ }).click();
    const refused = decides
      .getByRole("alert")
      .filter({ hasText: "needs a sign-in of the last 15 min" });
    await expect(refused).toBeVisible();
    await expectAccessibleInBoth(decides, "an approval that needs a fresh sign-in");
    await againBeside(decides, manager.email);
    await expect(refused.getByText("You signed in again. Send this once more.")).toBeVisible();
    await expect(decides.getByRole("textbox", { name: /Comment/ })).toHaveValue(comment);
    await decides.getByRole("button", { name: /^Approve/ }).click();
    await expect(async () => {
      const { rows } = await owner.query("select comment from approvals");
      expect(rows).toEqual([{ comment }]);
    }).toPass();

    await anHourPasses(company, agent);
    await asks.goto(at(path));
    const start = asks.getByRole("button", { name: "Start looking as Rita" });
    await start.click();
    await expect(asks.getByText("needs a sign-in of the last 15 min")).toBeVisible();
    await againBeside(asks, agent.email);
    const leaves = asks
      .context()
      .waitForEvent("request", (request) => request.url().endsWith("/enter"));
    await start.click();
    await leaves;
    const { rows } = await owner.query(
      `select s.id is not null as started, count(i.id)::int as sign_ins, min(e.event) as renewed
         from staff_sign_ins i left join sessions s on s.sign_in_id = i.id
         join audit_entry e on e.id = i.renewed_entry_id where i.staff_id = $1 group by 1`,
      [agent.id],
    );
    expect(rows).toEqual([{ started: true, sign_ins: 1, renewed: "sign_in.renewed" }]);
  });
});

test("the issuer asks anew, of the same person, and as the policy wants it; whatever else comes back renews nothing", async ({
  somebody,
}) => {
  await withCompany({}, async (company) => {
    const { owner, hire, signIn, at, issuer } = company;
    await givePolicyOf(owner, { freshSignIn: { sensitiveStart: 15, acr: "mfa" } });
    const [elin, tomas] = [await hire("Elin", ["agent"]), await hire("Tomas", ["agent"])];
    const page = await somebody();
    await signIn(page, elin.email, "/requests?show=own");
    await expect(page).toHaveURL(at("/requests?show=own"));
    await anHourPasses(company, elin);
    const state = async () => {
      const { rows } = await owner.query(
        "select auth_time > clock_timestamp() - interval '1 minute' as fresh, acr from staff_sign_ins where ended_at is null",
      );
      return rows;
    };
    const again = page.getByRole("button", { name: "Sign in again with Acme" });
    const says = (text: string) => page.getByRole("alert").filter({ hasText: text });
    await page.goto(at("/sign-in/again?from=/requests%3Fshow%3Down"));

    // The issuer knows them still, and asks all the same.
    await again.click();
    await expect(page.getByRole("heading", { name: "Sign in to Acme" })).toBeVisible();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(says("You went back")).toBeVisible();
    await expectAccessibleInBoth(page, "sign in again, gone back");
    for (const [acr, text] of [
      [null, "does not say how it asked you"],
      ["pwd", "wants a stronger sign-in"],
    ] as const) {
      issuer.how.acr = acr;
      await again.click();
      await answerIssuer(page, elin.email);
      await expect(says(text)).toBeVisible();
    }
    expect(await state()).toEqual([{ fresh: false, acr: null }]);

    issuer.how.acr = "mfa";
    await again.click();
    await answerIssuer(page, elin.email);
    await expect(page).toHaveURL(at("/requests?show=own"));
    expect(await state()).toEqual([{ fresh: true, acr: "mfa" }]);
    const { rows } = await owner.query(
      `select count(*)::int as n from audit_entry where event = 'sign_in.refused' and actor_id = $1`,
      [elin.id],
    );
    expect(rows).toEqual([{ n: 3 }]);

    // Somebody else there ends who was there, and so the sign-in here: nothing is theirs now.
    await page.goto(at("/sign-in/again?from=/requests%3Fshow%3Down"));
    await again.click();
    await answerIssuer(page, tomas.email);
    await expect(page.getByRole("button", { name: "Sign in with Acme" })).toBeVisible();
    expect(await state()).toEqual([]);
  });
});

test("evidence is taken out after a fresh sign-in, where the policy wants one for exports", async ({
  somebody,
}) => {
  await withCompany({}, async (company) => {
    const { owner, hire, signIn, at } = company;
    await givePolicyOf(owner, { freshSignIn: { export: 15 } });
    const [cora, max] = [await hire("Cora", ["compliance"]), await hire("Max", ["manager"])];
    const review = await reviewOf(owner, { [cora.id]: max.id });
    const path = `/reviews/${review.slug}/population`;
    const page = await somebody();
    await signIn(page, cora.email, path);
    const link = page.getByRole("link", { name: "Every grant as CSV" });
    await expect(link).toBeVisible();
    await anHourPasses(company, cora);
    await link.click();
    await expect(page.getByText("Nothing was downloaded")).toBeVisible();
    await expectAccessibleInBoth(page, "sign in again, for a download");
    await page.getByRole("button", { name: "Sign in again with Acme" }).click();
    await answerIssuer(page, cora.email);
    await expect(page).toHaveURL(at(path));
    const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
    expect(file.suggestedFilename()).toBe(`population-${review.slug}.csv`);
    const { rows } = await owner.query(
      `select p.body::jsonb ->> 'kind' as kind, p.body::jsonb ->> 'refused' as refused
         from audit_entry e join audit_payload p on p.entry_id = e.id where e.event = 'export.refused'`,
    );
    expect(rows).toEqual([{ kind: "population", refused: "sign_in_again" }]);
  });
});
