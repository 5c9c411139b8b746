import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { freePort } from "#db/embedded/port.ts";
import { type Company, expect, test, withCompany } from "#e2e/fixtures/company.ts";
import { inOwnTab } from "#e2e/fixtures/own-tab.ts";
import { actionsOf, sessionOf } from "#e2e/fixtures/record.ts";
import { banner } from "#e2e/fixtures/standing-in.ts";

/** The code of docs/connect.md, block by block, run as a reader would. */
async function codeOf(page: string, folder: string): Promise<void> {
  const text = await readFile(page, "utf8");
  for (const [, name = "", code = ""] of text.matchAll(/^```\w+ title="(.+?)"\n(.*?)^```$/gms))
    await writeFile(join(folder, name), code);
}

const run = promisify(execFile);
type Variables = Record<string, string>;

/** `npm run …` of whoever runs this installation. */
async function command(company: Company, name: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, DATABASE_OWNER_URL: company.ownerUrl, DATABASE_URL: "" };
  const { stdout } = await run("npm", ["run", "--silent", name, "--", ...args], { env });
  return stdout;
}

/** Registers a product of this machine; gives what its processes need to know. */
async function register(company: Company, clientId: string): Promise<Variables> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const where = ["--name", "Shop", "--origin", origin, "--environment", "staging"];
  const printed = await command(company, "product", "add", clientId, ...where);
  const told = [...printed.matchAll(/^(ALONGSIDE_\w+)=(.+)$/gm)].map(([, name, value]) => [
    name,
    value,
  ]);
  return {
    ...Object.fromEntries(told),
    PORT: String(port),
    PUBLIC_URL: origin,
    ALONGSIDE_URL: company.panelUrl,
  };
}

/** A sync that names nobody, finished by who knows that it does; gives who is gone. */
async function emptied(product: Variables): Promise<unknown> {
  const pair = `${product.ALONGSIDE_CLIENT_ID}:${product.ALONGSIDE_CLIENT_SECRET}`;
  const headers = {
    authorization: `Basic ${Buffer.from(pair).toString("base64")}`,
    "content-type": "application/json",
  };
  const syncs = `${product.ALONGSIDE_URL}/api/v1/directory/syncs`;
  const { id } = await (await fetch(syncs, { method: "POST", headers })).json();
  const finish = (body: object) =>
    fetch(`${syncs}/${id}/finish`, { method: "POST", headers, body: JSON.stringify(body) });
  const refused = await finish({});
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ code: "would_empty", gone: 4 });
  return (await (await finish({ gone: 4 })).json()).gone;
}

async function started(
  folder: string,
  script: string,
  variables: Variables,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script], {
    cwd: folder,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const isReady = await new Promise<boolean>((done) => {
    child.stdout?.once("data", () => done(true));
    child.once("exit", () => done(false));
  });
  if (!isReady) throw new Error(`${script} did not start`);
  return child;
}

/** From the search to the product, as the agent who is signed in on this page. */
async function standIn(page: Page, company: Company, acting: boolean): Promise<Page> {
  await page.goto(company.at("/"));
  await page.getByRole("combobox", { name: "Search customers’ users" }).fill("jane ashdown");
  await page
    // The first product's Jane stands first once she was met, and cannot be stood in for any more.
    .getByRole("row", { name: /Jane Ashdown.*Ready/ })
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "Stand in for Jane Ashdown" })).toBeVisible();
  await page.getByRole("radio", { name: /Reproduce a fault/ }).check();
  await page.getByLabel("In a sentence").fill("The list is in the wrong order for her.");
  await page.getByRole("radio", { name: "Called back on the number on file" }).check();
  await page.getByRole("textbox", { name: "Ticket" }).fill("SUP-1");
  if (acting) await page.getByRole("radio", { name: /Read and change/ }).check();
  const tab = await inOwnTab(page, () =>
    page
      .getByRole("button", { name: acting ? "Start acting as Jane" : "Start looking as Jane" })
      .click(),
  );
  await expect(tab.getByRole("heading", { name: "Notes of Jane Ashdown" })).toBeVisible();
  return tab;
}

test("from an empty database to an agent in a product, by the guide's own code", async ({
  browser,
}) => {
  await mkdir("test-results", { recursive: true });
  const folder = await mkdtemp(resolve("test-results/connect-"));
  await codeOf("docs/connect.md", folder);
  const products: ChildProcess[] = [];
  try {
    // An issuer as Keycloak is one: under a path, and with the secret in the body.
    const kind = {
      path: "/realms/acme",
      authMethod: "client_secret_post",
      algorithm: "ES256",
    } as const;
    await withCompany(kind, async (company) => {
      company.issuer.accounts.set("ada@acme.test", {
        sub: "ada",
        email: "ada@acme.test",
        name: "Ada",
      });
      expect(await command(company, "admin", "ada@acme.test")).toContain("as an admin");
      const agent = await company.hire("Ines", ["agent"]);

      const shop = await register(company, "shop");
      const other = await register(company, "shop-two");
      const pushed = await run("sh", ["push.sh"], {
        cwd: folder,
        env: { ...process.env, ...shop },
      });
      expect(JSON.parse(pushed.stdout)).toMatchObject({
        accounts: 2,
        users: 2,
        tickets: 1,
        errors: [],
      });
      const synced = await run(process.execPath, ["sync.mjs"], {
        cwd: folder,
        env: { ...process.env, ...shop },
      });
      expect(JSON.parse(synced.stdout)).toEqual({ accounts: 0, users: 0, tickets: 0 });

      const panel = await (await browser.newContext()).newPage();
      products.push(await started(folder, "shop-sdk.ts", shop));
      await company.signIn(panel, agent.email);
      await expect(panel).toHaveURL(company.at("/"));
      let page = await standIn(panel, company, false);
      await expect(banner(page)).toContainText("Ines is looking as Jane Ashdown");
      await page.getByLabel("Note").fill("not while looking");
      await page.getByRole("button", { name: "Add" }).click();
      await expect(page.getByRole("heading", { name: /^Not/ })).toBeVisible();
      await page.goto(`${shop.PUBLIC_URL}/notes`);
      await expect(page.getByText("not while looking")).toBeHidden();
      await page.getByRole("button", { name: "End session" }).click();
      await page.waitForURL((url) => url.href.startsWith(company.panelUrl));
      const looked = await sessionOf(company.owner, agent.id);
      expect(looked).toMatchObject({ scope: "read", end_cause: "actor" });
      await expect
        .poll(async () => (await actionsOf(company.owner, looked.id)).map(({ phase }) => phase))
        .toEqual(expect.arrayContaining(["view", "refused"]));

      // The same customers, in the product that uses openid-client alone; the first has none any more.
      expect(await emptied(shop)).toMatchObject({ accounts: 2, users: 2, tickets: 1 });
      await run("sh", ["push.sh"], { cwd: folder, env: { ...process.env, ...other } });
      products.push(await started(folder, "shop-openid.mjs", other));
      page = await standIn(panel, company, true);
      await expect(banner(page)).toContainText("Ines is acting as Jane Ashdown");
      await page.getByLabel("Note").fill("written for Jane");
      await page.getByRole("button", { name: "Add" }).click();
      await expect(
        page.getByText("written for Jane (Shop Support, for Jane Ashdown)"),
      ).toBeVisible();
      const denied = await page.request.post(`${other.PUBLIC_URL}/password`, {
        headers: { origin: other.PUBLIC_URL ?? "" },
      });
      expect(denied.status()).toBe(403);
      await page.getByRole("button", { name: "Just look" }).click();
      await expect(banner(page)).toContainText("Ines is looking as Jane Ashdown");
      await expect(page).toHaveURL(`${other.PUBLIC_URL}/notes`);
      await page.getByRole("link", { name: "Act…" }).click();
      await expect(page.getByRole("heading", { name: "Act as Jane Ashdown" })).toBeVisible();
      await page.getByRole("link", { name: "Go on looking" }).click();
      await expect(page).toHaveURL(`${other.PUBLIC_URL}/notes`);
      await page.getByRole("button", { name: "End session" }).click();
      await page.waitForURL((url) => url.href.startsWith(company.panelUrl));
      const acted = await sessionOf(company.owner, agent.id);
      expect(acted).toMatchObject({ scope: "write", end_cause: "actor" });
      await expect
        .poll(() => actionsOf(company.owner, acted.id))
        .toEqual(
          expect.arrayContaining([
            expect.objectContaining({ phase: "attempt", effect: "data", route: "/notes" }),
            expect.objectContaining({
              phase: "refused",
              effect: "credential",
              refusal: "denied_route",
            }),
          ]),
        );
    });
  } finally {
    for (const child of products) child.kill();
    await rm(folder, { recursive: true, force: true });
  }
});
