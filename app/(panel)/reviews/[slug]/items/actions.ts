"use server";
import { refresh } from "next/cache";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { staffAction } from "#lib/platform/staff-action.ts";
import { decideItem, decideItems } from "#lib/reviews/decide.ts";
import { nextOpen } from "#lib/reviews/decisions.ts";
import { exceptItem } from "#lib/reviews/except.ts";
import { giveTaskOn } from "#lib/reviews/give-task-on.ts";
import { handOn, handOnSchema } from "#lib/reviews/hand-on.ts";
import {
  type DecideInput,
  decideManySchema,
  decideSchema,
  exceptSchema,
  sampleSchema,
  taskCheckedSchema,
  taskDoneSchema,
  taskGivenOnSchema,
  taskSchema,
} from "#lib/reviews/item-schemas.ts";
import { openSample } from "#lib/reviews/sample.ts";
import { checkTask, doneTask, setTask } from "#lib/reviews/tasks.ts";

const permission = "see_reviews";

/** Decides, and finds what this reviewer has still to decide. */
async function decideAndGoOn(ctx: Ctx<StaffActor>, input: DecideInput) {
  const decided = await decideItem(ctx, input);
  if (!decided.ok) return decided;
  // The counts beside the navigation are of a layout that a redirect alone would keep.
  refresh();
  const { slug, number } = decided.value;
  const next = await nextOpen(ctx.db, slug, ctx.actor.id, number);
  return { ok: true as const, value: { ...decided.value, next } };
}

export const decide = staffAction({
  permission,
  input: decideSchema,
  run: decideAndGoOn,
  goTo: ({ slug, number, next }) =>
    next === null
      ? `/reviews/${slug}/items?done=${number}`
      : `/reviews/${slug}/items/${next}?done=${number}`,
});

export const decideMany = staffAction({
  permission,
  input: decideManySchema,
  run: decideItems,
  goTo: ({ slug, count }) => `/reviews/${slug}/items?decided=${count}`,
});

export const openSampled = staffAction({
  permission,
  input: sampleSchema,
  run: openSample,
  goTo: ({ sessionId }) => `/sessions/${sessionId}`,
});

export const setOutside = staffAction({ permission, input: taskSchema, run: setTask });
export const giveOn = staffAction({
  permission: "run_reviews",
  input: taskGivenOnSchema,
  run: giveTaskOn,
});
export const markDone = staffAction({
  permission: "search",
  input: taskDoneSchema,
  run: doneTask,
});
export const lookAgain = staffAction({ permission, input: taskCheckedSchema, run: checkTask });
export const makeException = staffAction({ permission, input: exceptSchema, run: exceptItem });
export const handOnItem = staffAction({ permission, input: handOnSchema, run: handOn });
