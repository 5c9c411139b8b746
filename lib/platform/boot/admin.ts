import { parseArgs } from "node:util";
import { connect } from "#db/client.ts";
import { Failure } from "#db/failure.ts";
import type { SystemActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type MadeAdmin, makeAdmin, makeAdminSchema } from "#lib/staff/make-admin.ts";
import { giveUp } from "./give-up.ts";
import { withOwner } from "./owner.ts";

const usage = 'npm run admin -- EMAIL [--name "NAME"]';

const words: Record<MadeAdmin["done"], string> = {
  added:
    "is on the staff now, as an admin. They sign in by the company's sign-on, with this e-mail.",
  granted: "is an admin now, beside what they were.",
  was_admin: "is an admin already. Nothing was changed.",
};

/** `npm run admin`: the first admin, or one more. */
async function run(): Promise<void> {
  const input = asked();
  await withOwner(
    process.env,
    (line) => console.log(`· ${line}`),
    async (ownerUrl) => {
      const { db, pool } = connect(ownerUrl, 1);
      try {
        const from = { ip: null, userAgent: "npm run admin", requestId: newId() };
        const ctx: Ctx<SystemActor> = { db, actor: { kind: "system", part: "command" }, ...from };
        const made = await makeAdmin(ctx, input);
        if (!made.ok) throw new Failure(made.error.message);
        console.log(`${made.value.name} (${input.email}) ${words[made.value.done]}`);
      } finally {
        await pool.end();
      }
    },
  );
}

function asked() {
  let given: { values: { name?: string | undefined }; positionals: string[] };
  try {
    given = parseArgs({ options: { name: { type: "string" } }, allowPositionals: true });
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : error}\nUsage: ${usage}`);
  }
  const [email, ...rest] = given.positionals;
  if (email === undefined || rest.length > 0)
    throw new Failure(`Say who: one e-mail address. Usage: ${usage}`);
  const parsed = makeAdminSchema.safeParse({ email, name: given.values.name });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `The ${path.join()} ${message}.`);
  throw new Failure(`${faults.join(" ")} Usage: ${usage}`);
}

await run().catch(giveUp);
