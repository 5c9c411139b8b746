import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();

test("an entry without its payload does not commit", async () => {
  const outcome = await attack(s, (sql) =>
    sql.query("insert into audit_entry (id, event) values ($1, 'page.refused')", [newId()]),
  );
  expect(outcome).toBe("audit_entry_without_payload");
});

test("an event that is not in the vocabulary is refused", async () => {
  const outcome = await attack(s, (sql) =>
    sql.query("insert into audit_entry (id, event) values ($1, 'nothing.happened')", [newId()]),
  );
  expect(outcome).toBe("audit_entry_event_known");
});
