import { addDays, busyness, daysBetween, type Span, timeAt } from "./calendar.ts";
import type { Desk } from "./desk.ts";
import { type Colleague, rolesAt } from "./people.ts";
import type { Random } from "./random.ts";
import { endOf, type Story } from "./story.ts";
import { tell } from "./tell.ts";

const sessionsAQuarter = 690;
const breath = 45_000;

/** What agents do from day to day: in the hours of their own zone, one thing after the other. */
export function ordinaryWork(desk: Desk, told: readonly Story[], random: Random): Story[] {
  const days = daysOf(desk.span);
  const workdays = new Map(
    desk.colleagues.map((one) => [one.id, workdaysOf(one, days, random.of(`days ${one.name}`))]),
  );
  const inFirst = [...workdays.values()].flat().filter(({ day }) => day <= desk.span.first.lastDay);
  const rate = sessionsAQuarter / inFirst.reduce((sum, { share }) => sum + share, 0);
  return desk.colleagues.flatMap((actor) => {
    const own = told.filter((story) => story.actor === actor.id);
    const numbers = random.of(`work ${actor.name}`);
    return workOf(desk, actor, workdays.get(actor.id) ?? [], rate, own, numbers);
  });
}

const daysOf = ({ first, until }: Span): string[] =>
  Array.from({ length: daysBetween(first.firstDay, until) + 1 }, (_, i) =>
    addDays(first.firstDay, i),
  );

type Workday = { day: string; share: number };

/** The days on which somebody is there, each with how much comes: not before they were an agent, nor on leave. */
function workdaysOf(actor: Colleague, days: string[], random: Random): Workday[] {
  const leave = days
    .filter((_, i) => i % 63 === 20)
    .map((day) => addDays(day, random.int(-14, 30)));
  return days.flatMap((day) => {
    const [from, until] = [timeAt(day, 7 * 60, actor.zone), timeAt(day, 19 * 60, actor.zone)];
    const isThere =
      rolesAt(actor, from).includes("agent") && !(actor.leftAt && actor.leftAt < until);
    const isAway = leave.some((first) => day >= first && day < addDays(first, 9));
    const share = isThere && !isAway ? actor.load * busyness(day) : 0;
    return share > 0 ? [{ day, share }] : [];
  });
}

function workOf(
  desk: Desk,
  actor: Colleague,
  days: Workday[],
  rate: number,
  told: readonly Story[],
  random: Random,
): Story[] {
  const taken = told.map((story) => [begin(story), endOf(story).getTime()] as const);
  const isTaken = (story: Story) =>
    taken.some(
      ([from, to]) => begin(story) < to + breath && from < endOf(story).getTime() + breath,
    );
  const mayAct = (at: number) => !actor.looksFrom || at < actor.looksFrom.getTime();
  const done: Story[] = [];
  let free = 0;
  for (const { day, share } of days) {
    const moments = Array.from({ length: random.times(share * rate) }, () =>
      minuteOfDay(random),
    ).sort((a, b) => a - b);
    const last = timeAt(day, 18 * 60 + 40, actor.zone).getTime();
    for (const minute of moments) {
      const at = Math.max(timeAt(day, minute, actor.zone).getTime() + random.int(0, 59_999), free);
      if (at > last) continue;
      const one = next(desk, actor, new Date(at), done, mayAct(at), random);
      if (one.some((story) => isTaken(story) || endOf(story).getTime() > last + 3_600_000))
        continue;
      done.push(...one);
      free =
        Math.max(
          ...one.map((story) => (story.visit ?? { endedAt: story.askedAt }).endedAt.getTime()),
        ) + breath;
    }
  }
  return done;
}

const begin = ({ openedAt, askedAt }: Story): number => (openedAt ?? askedAt).getTime();

/** Busy in the morning and after lunch. */
const minuteOfDay = (random: Random): number =>
  random.weighted([
    [8 * 60 + 20 + random.next() * 220, 55],
    [13 * 60 + random.next() * 255, 43],
    [12 * 60 + random.next() * 60, 2],
  ] as const);

/** The next thing that somebody is asked: a new one, or the ticket of the last days once more. */
function next(
  desk: Desk,
  actor: Colleague,
  at: Date,
  done: Story[],
  mayAct: boolean,
  random: Random,
): Story[] {
  const before = done.at(-1);
  const isRecent =
    before?.ticket && before.visit && at.getTime() - endOf(before).getTime() < 2 * 86_400_000;
  const goesOn = isRecent && before.ticket?.assignee === actor.email && random.chance(0.16);
  const customer = goesOn ? before.customer : desk.customerOf(actor, random);
  const known = goesOn && before.ticket ? { ticket: before.ticket, category: before.category } : {};
  if (!mayAct || !random.chance(0.14))
    return [tell(desk, { actor, at, customer, ...known }, random)];
  if (customer.because.length > 0 || !random.chance(0.35))
    return [tell(desk, { actor, at, customer, scope: "write", ...known }, random)];
  const look = tell(desk, { actor, at, customer, cause: "upgraded", ...known }, random);
  if (!look.visit) return [look];
  const act = tell(
    desk,
    { actor, at: look.visit.lastActiveAt, customer, scope: "write", ticket: look.ticket },
    random,
  );
  // It goes on at once, from where one looks.
  const endedAt = new Date((act.visit?.startedAt.getTime() ?? 0) - 4);
  if (endedAt.getTime() >= look.visit.startedAt.getTime() + look.visit.minutes * 60_000)
    return [{ ...look, visit: { ...look.visit, cause: "actor" } }];
  return [
    { ...look, visit: { ...look.visit, endedAt } },
    { ...act, openedAt: null },
  ];
}
