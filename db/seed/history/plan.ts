import { addDays, busyness, daysBetween, type Span, spanOf, timeAt } from "./calendar.ts";
import { openDesk } from "./desk.ts";
import { oddities } from "./oddities.ts";
import { type Colleague, colleaguesOf, kesi } from "./people.ts";
import { type Random, randomFrom } from "./random.ts";
import { type SignIn, signInsOf } from "./sign-ins.ts";
import { type Customer, endOf, type Story, type Ticket } from "./story.ts";
import { ordinaryWork } from "./work.ts";

export type Plan = {
  span: Span;
  colleagues: Colleague[];
  stories: Story[];
  tickets: Ticket[];
  signIns: SignIn[];
};

/**
 * Two quarters of a support desk, up to yesterday. The same day (of the company's zone), customers and seed tell the
 * same; nothing of it is later than the day before.
 */
export function planHistory(today: string, customers: readonly Customer[], seed: string): Plan {
  const span = spanOf(today);
  const random = randomFrom(`${seed} ${span.first.firstDay}`);
  const colleagues = colleaguesOf(span);
  const desk = openDesk(span, colleagues, customers, random.of("desk"));
  const unusual = oddities(desk, random.of("oddities"));
  const all = [...unusual, ...ordinaryWork(desk, unusual, random.of("work"))];
  const end = timeAt(addDays(span.until, 1), 0, "UTC");
  const stories = all
    .filter((story) => endOf(story) < end && (!story.glass || story.glass.at < end))
    .sort((a, b) => a.askedAt.getTime() - b.askedAt.getTime());
  const tickets = settled(stories, end, random.of("tickets").int);
  const moments = [
    ...administered(colleagues),
    ...overseen(colleagues, span, random.of("oversight")),
  ];
  const signIns = signInsOf(colleagues, stories, moments, random.of("sign-ins"));
  return { span, colleagues, stories, tickets, signIns };
}

/** When the admin added somebody, gave or took a role, or let somebody go. */
const administered = (colleagues: readonly Colleague[]) =>
  colleagues.flatMap(({ addedAt, isFounder, leftAt, grants }) =>
    [
      ...(isFounder ? [] : [addedAt]),
      ...grants.flatMap(({ from, until, isSetUp }) =>
        from > addedAt && !isSetUp ? [from, until] : [until],
      ),
      leftAt,
    ].flatMap((at) => (at ? [[kesi, at] as const] : [])),
  );

/** When those who run and oversee it come by, who leave no trace but that they signed in. */
function overseen(colleagues: readonly Colleague[], { first, until }: Span, random: Random) {
  const days = daysBetween(first.firstDay, until) + 1;
  return colleagues
    .filter((one) => one.kind === "person" && !one.grants.some(({ role }) => role === "agent"))
    .filter(({ addedAt, grants }) => grants.some(({ from }) => from <= addedAt))
    .flatMap(({ id, zone }) =>
      Array.from({ length: days }, (_, i) => addDays(first.firstDay, i))
        .filter((day) => random.chance(0.3 * busyness(day)))
        .map((day) => [id, timeAt(day, random.int(9 * 60, 16 * 60), zone)] as const),
    );
}

/** The tickets that were used, numbered as they came, none closed before its last use. */
function settled(
  stories: readonly Story[],
  end: Date,
  int: (least: number, most: number) => number,
): Ticket[] {
  const lastUse = new Map<Ticket, Date>();
  for (const story of stories) if (story.ticket) lastUse.set(story.ticket, endOf(story));
  const numbers = { SUP: 2101, SEC: 31, LEG: 4 };
  const tickets = [...lastUse.keys()].sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime());
  for (const ticket of tickets) {
    ticket.reference = `${ticket.project}-${numbers[ticket.project]}`;
    numbers[ticket.project] += int(1, 2);
    const used = lastUse.get(ticket);
    if (!used || !ticket.closedAt || ticket.isStale || ticket.closedAt > used) continue;
    const closesAt = new Date(used.getTime() + int(1, 20) * 3_600_000);
    ticket.closedAt = closesAt < end ? closesAt : null;
  }
  return tickets;
}
