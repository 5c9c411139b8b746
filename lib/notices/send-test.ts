import { z } from "zod";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { ok, type Refusal, type Result } from "#lib/kernel/result.ts";
import { limited } from "#lib/limits/limited.ts";
import type { Channels } from "./channels.ts";
import { outNames, outWords, readHooks } from "./choices.ts";
import { GiveUp, type NoticeMessage, TryLater } from "./message.ts";
import type { OutName } from "./queue.ts";
import { slackUsersOf } from "./slack/member.ts";

export const sendTestSchema = z.object({ channel: z.enum(outNames) });

/**
 * Sends the reader what a notice looks like, at once and by one way, and says whether it arrived. Nothing is kept of it. Refuses
 * with `too_often`, and `conflict` where it could not be sent.
 */
export async function sendTest(
  ctx: Ctx<StaffActor>,
  channels: Channels,
  url: string,
  { channel: name }: z.infer<typeof sendTestSchema>,
): Promise<Result<{ channel: OutName }>> {
  const often = await limited(ctx, "test_notice_of_person", ctx.actor.id);
  if (often) return { ok: false, error: often };
  const channel = channels[name];
  const places = await placesOf(ctx, name);
  if (!channel || places.length === 0) return { ok: false, error: fault(name, "it is not set up") };
  try {
    const signal = AbortSignal.timeout(8_000);
    for (const to of places) await channel.send(to, testMessage(ctx.actor, url), signal);
    return ok({ channel: name });
  } catch (error) {
    const isOurs = error instanceof GiveUp || error instanceof TryLater;
    return { ok: false, error: fault(name, isOurs ? error.message : "nobody answered") };
  }
}

const fault = (name: OutName, why: string): Refusal => ({
  code: "conflict",
  message: `${outWords[name]} did not take it: ${why.replace(/\.$/, "")}. What you chose is kept.`,
});

async function placesOf({ db, actor }: Ctx<StaffActor>, name: OutName): Promise<string[]> {
  switch (name) {
    case "mail":
      return [actor.email];
    case "slack":
      return [...(await slackUsersOf(db, [actor.id])).values()];
    case "webhook":
      return (await readHooks(db)).map(({ id }) => `${id}/${actor.id}`);
  }
}

const testMessage = (actor: StaffActor, url: string): NoticeMessage => ({
  key: newId(),
  kind: "test",
  title: "This is what a notice looks like here",
  facts: [
    { label: "For", value: actor.name },
    { label: "Because", value: "you asked for one under Notices" },
  ],
  quote: null,
  links: [
    { label: "Choose what you are told", href: new URL("/me/notices", url).href, act: "open" },
  ],
  outcome: null,
  requestId: null,
  vote: null,
});
