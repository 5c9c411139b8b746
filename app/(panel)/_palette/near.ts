import type { PaletteAnswer, PaletteItem } from "#components/keys/palette-answer.ts";
import { scopeWords } from "#components/marks.tsx";
import { readOwnStrip } from "#lib/impersonation/own-strip.ts";
import { readRecentSubjects } from "#lib/impersonation/recent-subjects.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { readOwnOpen } from "#lib/requests/queries.ts";
import { may } from "#lib/staff/rights.ts";
import type { RequestStatus } from "#lib/vocabulary.ts";

const open: Partial<Record<RequestStatus, string>> = {
  pending: "waits for an approval",
  granted: "granted, start now",
};

/** What is one key away with nothing typed: the session that lives, own requests that are open, who was met last. */
export async function near(ctx: Ctx<StaffActor>): Promise<PaletteAnswer["groups"]> {
  if (!may(ctx.actor, "start")) return [];
  const [live, own, recent] = await Promise.all([
    readOwnStrip(ctx),
    readOwnOpen(ctx),
    readRecentSubjects(ctx, 5),
  ]);
  const groups = [
    { title: "Live now", items: live ? liveItems(live) : [] },
    {
      title: "Your open requests",
      items: own.flatMap((row): PaletteItem[] => {
        const stands = open[row.status];
        if (!stands) return [];
        const { subject, account } = row;
        return [
          {
            href: `/requests/${row.id}`,
            label: subject.name,
            lang: subject.lang,
            second: `${account.name} · ${stands}`,
            number: requestNumber(row.number),
            face: "person",
          },
        ];
      }),
    },
    {
      title: "Recent",
      items: recent.map(
        ({ subject, account }): PaletteItem => ({
          href: `/customers/${subject.id}`,
          label: subject.name,
          lang: subject.lang,
          second: account.name,
          number: null,
          face: "person",
        }),
      ),
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

type Live = NonNullable<Awaited<ReturnType<typeof readOwnStrip>>>;

/** To the session, and to where its end is asked: nothing ends here. */
function liveItems({ id, scope, subject, subjectLang, account }: Live): PaletteItem[] {
  const item = { lang: subjectLang, number: null };
  return [
    {
      ...item,
      href: `/sessions/${id}`,
      label: subject,
      second: `${account} · ${scopeWords[scope].word.toLowerCase()}`,
      face: scope === "read" ? "eye" : "pen",
    },
    {
      ...item,
      lang: null,
      href: `/sessions/${id}?end=1`,
      label: "End session…",
      second: "asks first",
      face: "stop",
    },
  ];
}
