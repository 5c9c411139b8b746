import { expect, test } from "vitest";
import { ageRequest } from "#db/testing/age.ts";
import { hire, stop } from "#db/testing/people.ts";
import { itemOf, openReview, revoke } from "#db/testing/review.ts";
import { type Scene, scene } from "#db/testing/scene.ts";
import { approve, ask, close, deny, end, vote } from "#db/testing/steps.ts";
import type { Role } from "#lib/vocabulary.ts";
import { prove } from "./prove.ts";
import { underReview } from "./testing.ts";

/** What stands in somebody's way beside the right that was taken must neither hide nor prove that it is gone. */
const states: [string, Role, (s: Scene, person: string) => Promise<unknown>][] = [
  ["nobody ever asked", "manager", async () => {}],
  ["the newest request waits", "manager", (s) => s.commit((sql) => ask(sql, s.ana, s.rita))],
  [
    "it is granted",
    "manager",
    (s) => s.commit(async (sql) => approve(sql, await ask(sql, s.ana, s.rita), s.mia)),
  ],
  ["it is used", "manager", async (s) => s.commit(async (sql) => end(sql, await s.live()))],
  [
    "it is denied",
    "manager",
    (s) => s.commit(async (sql) => deny(sql, await ask(sql, s.ana, s.rita), s.mia)),
  ],
  [
    "it was cancelled",
    "manager",
    (s) => s.commit(async (sql) => close(sql, await ask(sql, s.ana, s.rita), "cancelled")),
  ],
  [
    "it should have lapsed",
    "manager",
    async (s) => {
      const { id } = await s.commit((sql) => ask(sql, s.ana, s.rita));
      await ageRequest(s.owner, id, "5 hours");
    },
  ],
  [
    "they voted on it",
    "manager",
    (s, person) => s.commit(async (sql) => vote(sql, await ask(sql, s.ana, s.rita), person)),
  ],
  [
    "they report to who asks",
    "manager",
    async (s, person) => {
      await s.owner.query("update staff set manager_id = $2 where id = $1", [person, s.ana]);
      await s.commit((sql) => ask(sql, s.ana, s.rita));
    },
  ],
  ["they never signed in, nor asked", "agent", async () => {}],
  [
    "a request of theirs waits",
    "agent",
    (s, person) => s.commit((sql) => ask(sql, person, s.rita)),
  ],
  ["one is granted", "agent", (s, person) => s.granted(person)],
  ["they are in a session", "agent", (s, person) => s.live(person)],
  [
    "they were in one, and every customer is closed",
    "agent",
    async (s, person) => {
      const session = await s.live(person);
      await s.commit((sql) => end(sql, session));
      await s.owner.query("update accounts set stance = 'closed'");
    },
  ],
  [
    "they were deactivated meanwhile",
    "agent",
    (s, person) =>
      s.owner.query(
        "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
        [person],
      ),
  ],
  ["there are others", "admin", async () => {}],
  ["a review is open", "compliance", async () => {}],
  [
    "one is granted, and the product is stopped",
    "agent",
    async (s, person) => {
      await s.owner.query("update accounts set stance = 'allowed'");
      await s.granted(person);
      await stop(s.owner, s.max);
    },
  ],
  ["the product is still stopped", "admin", async () => {}],
];

const s = await scene();
const w = await underReview(s);
await hire(s.owner, "another admin", ["admin"]);
let hired = 0;

test.each(states)(
  "%s: a right of %s that was taken is refused, and the item done",
  async (_, role, state) => {
    hired += 1;
    const person = await hire(s.owner, `pat${hired}`, [role]);
    await state(s, person);
    const review = await openReview(s, { [person]: s.mia });
    const item = await itemOf(s.owner, review, person, role);
    await s.commit((sql) => revoke(sql, item));
    const result = await prove(w.worker, item.id);
    const { rows } = await s.owner.query(
      "select i.remediated_at is not null as done, r.verified_how as how from review_items i join review_remediations r on r.item_id = i.id where i.id = $1",
      [item.id],
    );
    expect({ result, ...rows[0] }, rows[0]?.how).toMatchObject({ result: "refused", done: true });
  },
);
