import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();
await s.granted();

test.each([
  "select * from audit_pending",
  "delete from audit_pending",
  "truncate audit_pending",
  "update audit_pending set entry_id = gen_random_uuid()",
  "insert into audit_pending (entry_id) values (gen_random_uuid())",
])("%s: not permitted", async (statement) => {
  expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
});

test("every entry waits to be sealed", async () => {
  const { rows } = await s.owner.query(
    "select count(*) from audit_entry e full join audit_pending p on p.entry_id = e.id where e.id is null or p.entry_id is null",
  );
  expect(Number(rows[0]?.count)).toBe(0);
});

// Fired from a table of one's own, it would write as the owner what that table says.
test.each(["audit_entries_added", "actions_added", "owed_paid", "sessions_insert"])(
  "%s cannot be hung on a table of one's own",
  async (name) => {
    const outcome = await attack(s, async (sql) => {
      await sql.query("create temporary table mine (id uuid)");
      await sql.query(
        `create trigger mine after insert on mine referencing new table as added for each statement execute function ${name}()`,
      );
    });
    expect(outcome).toBe("42501");
  },
);

test("every function finds its names in our schema, and no trigger's is anybody's to hang elsewhere", async () => {
  const { rows } = await s.owner.query(
    `select p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proowner = current_user::regrole
       and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
       and (p.proconfig is null or p.proconfig::text not like '%search_path%'
         or (p.prorettype = 'trigger'::regtype and has_function_privilege($1, p.oid, 'execute')))`,
    [(await s.runtime.query("select current_user as me")).rows[0]?.me],
  );
  expect(rows).toEqual([]);
});
