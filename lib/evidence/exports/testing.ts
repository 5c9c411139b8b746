import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Role } from "#lib/vocabulary.ts";

/** A scene with people of compliance in it. For tests only. */
export async function withCompliance() {
  const s = await scene();
  const at = await atWork(s);
  const person = async (name: string, roles: Role[] = ["compliance"]): Promise<Ctx<StaffActor>> => {
    const id = await hire(s.owner, name, roles);
    const signInId = newId();
    await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
    const more = { email: `${name}@alongside.test`, team: "Compliance", zone: "UTC" };
    return {
      ...at.ana,
      actor: { kind: "staff", id, name, roles, signInId, authTime: new Date(), acr: null, ...more },
    };
  };
  return { s, at, cleo: await person("cleo"), carl: await person("carl"), person };
}

export const allOf = (bytes: AsyncIterable<Uint8Array>): Promise<Buffer> =>
  buffer(Readable.from(bytes, { objectMode: false }));
