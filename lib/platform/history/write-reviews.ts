import type pg from "pg";
import type { Transaction } from "#db/client.ts";
import {
  addDays,
  companyZone,
  dayIn,
  type Span,
  spanOf,
  timeAt,
} from "#db/seed/history/calendar.ts";
import { colleaguesOf, kesi, mirela } from "#db/seed/history/people.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { closeCampaign } from "#lib/reviews/close-campaign.ts";
import { setTask } from "#lib/reviews/tasks.ts";
import { atWork } from "./age.ts";
import { openPast } from "./open-past.ts";
import { pastClock } from "./past-clock.ts";
import { recorder } from "./recorder.ts";
import { comparing, reminding } from "./review-care.ts";
import { decisions, inOrder } from "./review-days.ts";
import { good, type ReviewDesk, readItems, settleRest, signedIn } from "./review-desk.ts";
import { inNewer, inOlder, outside, statement } from "./review-words.ts";
import { readProduct } from "./write-desk.ts";

/** Two reviews: of the older quarter, closed; of the newer, half done. */
export async function writeReviews(client: pg.Client, tx: Transaction, now: Date): Promise<void> {
  const span = spanOf(dayIn(companyZone, now));
  const product = await readProduct(client);
  const to = recorder(tx, colleaguesOf(span), product, await currentPolicy(tx));
  const desk: ReviewDesk = { client, tx, to, clock: pastClock(client) };
  for (const review of [olderReview, newerReview]) {
    await review(desk, span);
    await desk.clock.settle();
    await settleRest(client);
  }
}

/** Opened by itself as soon as the quarter was over; all decided, and closed by compliance. */
async function olderReview(desk: ReviewDesk, { first, second, until }: Span): Promise<void> {
  const { client, tx, to, clock } = desk;
  const moment = timeAt(second.firstDay, 2, companyZone);
  const how = { by: to.byWorker, period: first, moment, openedBy: null };
  const { id, slug } = await openPast(client, tx, clock, how);
  const lastDay = earlier(addDays(second.firstDay, 22), addDays(until, -3));
  const items = (await readItems(desk, id)).filter(({ isEnded }) => !isEnded);
  const days = [addDays(second.firstDay, 1), lastDay] as const;
  const { steps } = decisions(desk, slug, items, inOlder, days);
  await inOrder([...steps, ...reminding(desk, moment, lastDay)]);

  const at = atWork(timeAt(lastDay, 14 * 60, companyZone), companyZone);
  const ctx = await signedIn(desk, mirela, new Date(at.getTime() - 300_000));
  const closing = { campaignId: id, statement, ownerEmail: "", expiresOn: "" };
  good(await clock.at(minutesAfter(at, 25), () => closeCampaign(ctx, closing)));
}

/** Opened by compliance while the quarter runs, or by itself where it is over; about half of it is decided. */
async function newerReview(desk: ReviewDesk, { second, until }: Span): Promise<void> {
  const { client, tx, to, clock } = desk;
  const isOver = second.lastDay <= until;
  const wanted = later(addDays(until, -30), addDays(second.firstDay, 10));
  const moment = isOver
    ? timeAt(addDays(second.lastDay, 1), 2, companyZone)
    : atWork(timeAt(wanted, 9 * 60 + 30, companyZone), companyZone);
  const by = isOver
    ? to.byWorker
    : await signedIn(desk, mirela, new Date(moment.getTime() - 240_000));
  const how = { by, period: second, moment, openedBy: isOver ? null : mirela };
  const { id, slug } = await openPast(client, tx, clock, how);
  const items = await readItems(desk, id);
  const openedOn = dayIn(companyZone, moment);
  // In its first two days nobody has come to it.
  if (addDays(openedOn, 1) > until) return;
  const left = items.filter(({ isEnded, isTaken }) => !isEnded && !isTaken);
  const some = left.filter(({ name }, i) => name in inNewer || (i * 7) % 10 < 6);
  const days = [addDays(openedOn, 1), until] as const;
  const { steps, decided } = decisions(desk, slug, some, inNewer, days);
  const reminders = reminding(desk, moment, until);
  const day = earlier(later(addDays(openedOn, 2), addDays(until, -4)), until);
  const roster = comparing(desk, id, items, day);
  await inOrder([...steps, ...reminders, ...roster]);

  // What is to be done elsewhere is not done yet, so this one is not proved.
  const ended = decided.find(({ item }) => item.name === outside.name);
  if (!ended) return;
  const task = { itemId: ended.item.id, what: outside.what, ownerEmail: to.somebody(kesi).email };
  const dueOn = addDays(dayIn(companyZone, new Date()), 5);
  const after = new Date(ended.at.getTime() + 240_000);
  good(await clock.at(after, () => setTask(ended.by(), { ...task, dueOn })));
}

const minutesAfter = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);
const earlier = (a: string, b: string): string => (a < b ? a : b);
const later = (a: string, b: string): string => (a < b ? b : a);
