import { refresh } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { countRefusal } from "#lib/audit/count-refusal.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Refusal, Result } from "#lib/kernel/result.ts";
import { sourceOf } from "#lib/kernel/source.ts";
import { may, type Permission } from "#lib/staff/rights.ts";
import { reach } from "./database.ts";
import { foreign, noteForeign } from "./foreign.ts";
import type { FormState, FormValues } from "./form-state.ts";
import { lostOnTheWay, orOutOfReach, outOfReach } from "./out-of-reach.ts";
import { isOwnOrigin } from "./request.ts";
import { currentStaff, notAllowed, noteRefused, refuseSignedOut } from "./require-staff.ts";

type StaffAction<S extends z.ZodType, T> = {
  permission: Permission;
  input: S;
  run: (ctx: Ctx<StaffActor>, input: z.output<S>) => Promise<Result<T>>;
  /** Where to go when it is done: a path of ours. Without it the page is rendered anew. */
  goTo?: (value: T, input: z.output<S>) => string;
  /** Answers that are not given back after a refusal: a file's text, which the page still holds. */
  unsaid?: readonly string[];
};

/**
 * A server action for `useActionState`: checks origin, session and permission, parses, calls the verb, and gives
 * what it refused together with what was typed. Every verb authorises again for itself.
 */
export function staffAction<S extends z.ZodType, T>(action: StaffAction<S, T>) {
  return async (_before: FormState<T>, form: FormData): Promise<FormState<T>> => {
    const values = textsOf(form);
    const said = Object.entries(values).filter(([name]) => !action.unsaid?.includes(name));
    const refused = (error: Refusal): FormState<T> => ({
      ...{ ok: false, error },
      values: Object.fromEntries(said),
    });

    if (!(await reach().isThere())) return refused(outOfReach);
    return orOutOfReach(
      () => answer(action, values, refused),
      () => refused(lostOnTheWay),
    );
  };
}

async function answer<S extends z.ZodType, T>(
  action: StaffAction<S, T>,
  values: FormValues,
  refused: (error: Refusal) => FormState<T>,
): Promise<FormState<T>> {
  const sent = await headers();
  if (!isOwnOrigin(sent)) {
    await noteForeign(sent);
    return refused(foreign);
  }
  const current = await currentStaff();
  if (!current.ctx) return refused(await refuseSignedOut(current.read));
  if (!may(current.ctx.actor, action.permission)) {
    await noteRefused(current.ctx, action.permission);
    return refused(notAllowed);
  }
  const parsed = action.input.safeParse(values);
  if (!parsed.success) {
    const { db, ip, actor } = current.ctx;
    // Counted: mostly a slip, which is no entry of its own; a value that no form of ours has is on record all the same.
    const refusal = { event: "page.refused", source: sourceOf(ip), code: "invalid" } as const;
    await countRefusal(db, { ...refusal, actorId: actor.id });
    return refused(wrongFields(parsed.error));
  }

  const result = await action.run(current.ctx, parsed.data);
  if (!result.ok) return refused(result.error);
  if (action.goTo) redirect(action.goTo(result.value, parsed.data));
  refresh();
  return { ok: true, value: result.value };
}

/** The form's texts by name; a name that comes twice is a list. Files and Next's own fields are left out. */
function textsOf(form: FormData): FormValues {
  const values: FormValues = {};
  // A call made by hand may bring anything; without a form there are no answers.
  if (!(form instanceof FormData)) return values;
  for (const name of new Set(form.keys())) {
    if (name.startsWith("$ACTION")) continue;
    const texts = form.getAll(name).filter((value) => typeof value === "string");
    const [first] = texts;
    if (first !== undefined) values[name] = texts.length > 1 ? texts : first;
  }
  return values;
}

/** One sentence per field, the first; the summary counts them. */
function wrongFields(error: z.ZodError): Refusal {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[String(issue.path[0] ?? "form")] ??= issue.message;
  const count = Object.keys(fields).length;
  const message =
    count === 1 ? "One answer needs another look." : `${count} answers need another look.`;
  return { code: "invalid", message, fields };
}
