import type { Page } from "@playwright/test";
import { itemOf } from "#db/testing/review.ts";
import { expectStructure, hear } from "#e2e/fixtures/heard.ts";
import { tabTo } from "#e2e/fixtures/keyboard.ts";
import { reviewOf } from "#e2e/fixtures/reviews.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const olu = "olu@pebblewick.test";
const title = (page: Page) => page.getByRole("heading", { level: 1 });

/** Keys do nothing before the page has come alive. */
async function pressUntil(page: Page, key: string, isThere: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await isThere();
  }).toPass();
}

test("a session is ended by ear, and the palette and the log say what is chosen and open", async ({
  newcomer,
  signedIn,
  databases: { owner },
}) => {
  const agent = await newcomer();
  await started(agent, await subjectOf(owner, olu));
  const { page, context } = await signedIn(runa);
  const heard = await hear(context);
  await page.goto("/sessions/live");
  await expectStructure(page, /Live sessions/);
  const row = page.getByRole("row", { name: new RegExp(agent.person.name) });
  await expect(row.getByRole("rowheader")).toHaveAccessibleName(new RegExp(agent.person.name));

  // Asked why, and what it means is read with the question; kept, the focus is where it was.
  const ending = row.getByRole("link", { name: `End ${agent.person.name}’s session…` });
  const why = page.getByRole("textbox", { name: /^Why do you end/ });
  await tabTo(page, ending);
  await page.keyboard.press("Enter");
  await expect(why).toBeFocused();
  await expect(why).toHaveAccessibleDescription(/own session goes on/);
  await page.keyboard.press("Escape");
  await expect(why).toBeHidden();
  await expect(ending).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(why).toBeFocused();
  await page.keyboard.type("Enough for today.");
  await page.keyboard.press("Enter");
  await heard.says(/^S-\d+ is ended\. Its next write is refused\.$/);
  await expect(row).toHaveCount(0);
  await expect(title(page)).toBeFocused();

  // The palette: the field names the way that is chosen, and gives the focus back.
  const opener = page.getByRole("link", { name: "Audit log" });
  await opener.focus();
  const field = page.getByRole("combobox", { name: "Go to" });
  await pressUntil(page, "Control+k", () => expect(field).toBeFocused({ timeout: 1000 }));
  await heard.says(/^\d+ ways$/);
  const options = page.getByRole("listbox", { name: "Where to" }).getByRole("option");
  for (const n of [0, 1]) {
    await expect(options.nth(n)).toHaveAttribute("aria-selected", "true");
    const id = await options.nth(n).getAttribute("id");
    await expect(field).toHaveAttribute("aria-activedescendant", id ?? "");
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.type("zzzz");
  await heard.says(/^Nothing of yours is called “zzzz”/);
  await page.keyboard.press("Escape");
  await expect(field).toBeHidden();
  await expect(opener).toBeFocused();
  await page.keyboard.press("Enter");

  // An entry opens in its row and closes again, under the same key.
  await expect(title(page)).toHaveText("Audit log");
  await heard.says(/^Audit log/);
  await expectStructure(page, /^Audit log/);
  const entry = page
    .getByRole("row", { name: /session\.ended/ })
    .first()
    .getByRole("link");
  await expect(entry).toHaveAttribute("aria-expanded", "false");
  await tabTo(page, entry);
  await page.keyboard.press("Enter");
  await expect(entry).toHaveAttribute("aria-expanded", "true");
  const body = (await entry.getAttribute("aria-controls")) ?? "";
  await expect(page.locator(`[id="${body}"]`)).toContainText("Enough for today.");
  await expectStructure(page, /^Audit log/);
  await expect(entry).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(entry).toHaveAttribute("aria-expanded", "false");
  await expect(entry).toBeFocused();
  heard.saysNothingTwice();
});

test("an item of a review is decided by ear: one key each, and the next one is said", async ({
  newcomer,
  databases: { owner },
}) => {
  const manager = await newcomer(["manager"]);
  const agents = [(await newcomer()).person, (await newcomer()).person];
  const review = await reviewOf(
    owner,
    Object.fromEntries(agents.map(({ id }) => [id, manager.person.id])),
  );
  const items = await Promise.all(agents.map(({ id }) => itemOf(owner, review, id, "agent")));
  const [first] = items.toSorted((a, b) => a.number - b.number);
  const { page, context } = manager;
  const heard = await hear(context);
  await page.goto(`/reviews/${review.slug}`);
  await expectStructure(page, /review/i);
  await page.goto(`/reviews/${review.slug}/items/${first?.number}`);
  await expectStructure(page, /Review/);
  const keep = page.getByRole("radio", { name: "Keep", exact: true });
  await expect(keep).toHaveAccessibleDescription(/./);
  await pressUntil(page, "1", () => expect(keep).toBeChecked({ timeout: 1000 }));
  const justification = page.getByRole("textbox", { name: "Justification" });
  await tabTo(page, justification);
  await page.keyboard.type("Short");
  await page.keyboard.press("Control+Enter");
  await expect(justification).toHaveAccessibleDescription(/Too short: 5 characters/);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Used as expected, and still needed.");
  const before = (await title(page).textContent()) ?? "";
  await page.keyboard.press("Control+Enter");
  await heard.says(/Kept|Keep/);
  await expect(title(page)).not.toHaveText(before);
  await expect(title(page)).toBeFocused();
  await expectStructure(page, /Review/);
  heard.saysNothingTwice();
});
