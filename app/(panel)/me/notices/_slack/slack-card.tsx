import { Time } from "#components/time.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Told } from "#components/ui/told.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { readAskedLink, readSlackLink } from "#lib/notices/slack/link/queries.ts";
import { env } from "#lib/platform/env.ts";
import { LinkForm } from "./link-form.tsx";
import { UnlinkForm } from "./unlink-form.tsx";

/** Which member of Slack the reader is, and how to say so. Nothing where there is no Slack app. */
export async function SlackCard({ ctx }: { ctx: Ctx<StaffActor> }) {
  if (!env().slack) return null;
  const { db, actor } = ctx;
  const [link, asked, now] = await Promise.all([
    readSlackLink(db, actor.id),
    readAskedLink(ctx),
    serverTime(ctx),
  ]);
  const at = (time: Date) => <Time at={time} now={now} zone={actor.zone} />;
  if (link)
    return (
      <Card title="Slack" id="slack">
        <div className="stack">
          <p>
            You are <strong className="mono">{link.userId}</strong> in Slack since{" "}
            {at(link.linkedAt)}. What you press there is yours, with your name on record.
          </p>
          <UnlinkForm staffId={actor.id} />
        </div>
      </Card>
    );
  return (
    <Card title="Slack" id="slack">
      <div className="stack">
        {asked && (
          <Told className="stack s">
            <p>
              Slack has asked <span className="mono">{asked.userId}</span>. Press{" "}
              <strong>Yes, my page shows {asked.number}</strong> in that message, until{" "}
              <Time at={asked.goodUntil} now={now} zone={actor.zone} style="clock" />. Then you are
              linked.
            </p>
            {/* Without script too: to the same page, anew. */}
            <form action="/me/notices" className="row">
              <Button type="submit">I have pressed it</Button>
            </form>
          </Told>
        )}
        <LinkForm again={asked !== null} />
      </div>
    </Card>
  );
}
