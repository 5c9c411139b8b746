import { parseArgs } from "node:util";
import { connect } from "#db/client.ts";
import { Failure } from "#db/failure.ts";
import { endAfterSignOut } from "#lib/impersonation/sign-out.ts";
import type { SystemActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import {
  type MadeAdmin,
  type MakeAdmin,
  makeAdmin,
  makeAdminSchema,
} from "#lib/staff/make-admin.ts";
import { releaseIdentity } from "#lib/staff/release-identity.ts";
import { giveUp } from "./give-up.ts";
import { withOwner } from "./owner.ts";

const usage = 'npm run admin -- EMAIL [--name "NAME" | --restore | --release]';

const words: Record<MadeAdmin["done"], string> = {
  added:
    "is on the staff now, as an admin. They sign in by the company's sign-on, with this e-mail.",
  granted: "is an admin now, beside what they were.",
  restored: "is let in again, as an admin. They sign in anew.",
  was_admin: "is an admin already. Nothing was changed.",
};

async function make(ctx: Ctx<SystemActor>, input: MakeAdmin): Promise<string> {
  const made = await makeAdmin(ctx, input);
  if (!made.ok) throw new Failure(made.error.message);
  return `${made.value.name} (${input.email}) ${words[made.value.done]}`;
}

async function release(ctx: Ctx<SystemActor>, email: string): Promise<string> {
  const result = await releaseIdentity(ctx, email);
  if (!result.ok) throw new Failure(result.error.message);
  const { name, released, signInIds } = result.value;
  for (const id of signInIds) await endAfterSignOut(ctx, id);
  if (released > 0)
    return `${name} (${email}) is signed out, and bound to no account any more: the next sign-in binds anew.`;
  return signInIds.length > 0
    ? `${name} (${email}) is signed out. They were bound to no account.`
    : `${name} (${email}) was bound to no account. Nothing was changed.`;
}

/** `npm run admin`: the first admin, or one more; lets in again who was suspended; or lets somebody bind anew. */
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
        console.log(await (input.release ? release(ctx, input.email) : make(ctx, input)));
      } finally {
        await pool.end();
      }
    },
  );
}

function asked() {
  let given: {
    values: {
      name?: string | undefined;
      release?: boolean | undefined;
      restore?: boolean | undefined;
    };
    positionals: string[];
  };
  try {
    given = parseArgs({
      options: {
        name: { type: "string" },
        release: { type: "boolean" },
        restore: { type: "boolean" },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : error}\nUsage: ${usage}`);
  }
  const [email, ...rest] = given.positionals;
  if (email === undefined || rest.length > 0)
    throw new Failure(`Say who: one e-mail address. Usage: ${usage}`);
  const { name, release = false, restore = false } = given.values;
  if (release && (restore || name !== undefined))
    throw new Failure(`One or the other. Usage: ${usage}`);
  const parsed = makeAdminSchema.safeParse({ email, name, restore });
  if (parsed.success) return { ...parsed.data, release };
  const faults = parsed.error.issues.map(({ path, message }) => `The ${path.join()} ${message}.`);
  throw new Failure(`${faults.join(" ")} Usage: ${usage}`);
}

await run().catch(giveUp);
