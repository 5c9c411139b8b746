import { expect, test } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { underReview, valueIn } from "#lib/reviews/testing.ts";
import { changeStaff } from "#lib/roster/change.ts";
import { itemColumns } from "./fields.ts";
import { readItems } from "./items.ts";

test("what an admin took during a review is in the pack, with who took it and when", async () => {
  const s = await scene();
  const w = await underReview(s);
  const kim = await w.person("kim", [{ role: "agent", from: "2025-01-01Z" }]);
  const adam = await w.as(
    await w.person("adam", [{ role: "admin", from: "2026-10-05Z" }]),
    "adam",
    ["admin"],
  );
  const { id } = valueIn(
    await openCampaign(w.cora, { firstDay: "2026-07-01", lastDay: "2026-09-30" }),
  );
  valueIn(
    await changeStaff(adam, {
      ...{ staffId: kim, name: "kim", team: "EMEA support", zone: "UTC", managerEmail: "" },
      ...{ roles: [], lookingOnly: false, kind: "person", reason: "As asked" },
    }),
  );
  const items = await readItems(w.worker.db, id, { after: 0, limit: 100 });
  const taken = items.filter((item) => item.taken);
  expect(taken).toMatchObject([{ name: "kim", decision: null, taken: { by: { name: "adam" } } }]);
  const [item] = taken;
  if (!item) throw new Error("No item");
  const said = (head: string) =>
    itemColumns("2026-q3")
      .find((field) => field.head === head)
      ?.of(item);
  expect(said("decision")).toBe("taken_meanwhile");
  expect(said("justification")).toContain("Taken by adam on ");
  expect(said("entry_id")).toBe(item.taken?.entryId);
});
