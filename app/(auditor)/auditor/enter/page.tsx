import type { Metadata } from "next";
import { headers } from "next/headers";
import { periodWords } from "#app/_evidence/words.ts";
import { absolute } from "#components/time-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { WholePage } from "#components/whole-page.tsx";
import { type Link, type LinkRead, readLink } from "#lib/evidence/guests/enter.ts";
import { anonymousCtx } from "#lib/platform/request.ts";
import { doorWords } from "./words.ts";

export const metadata: Metadata = { title: "Auditor’s access" };

type Query = Promise<Record<string, string | string[] | undefined>>;

/** Behind a link: says what it opens, and uses nothing up before its button is pressed. */
export default async function EnterPage({ searchParams }: { searchParams: Query }) {
  const { key, because } = await searchParams;
  const read = typeof key === "string" ? await readKey(key) : null;
  if (typeof key === "string" && read?.ok) return <Opens link={read.link} secret={key} />;
  const why = read && !read.ok ? read.why : because;
  const words = typeof why === "string" && Object.hasOwn(doorWords, why) ? doorWords[why] : null;
  return (
    <WholePage>
      <Empty
        card
        kind="not-allowed"
        level="h1"
        title={words?.title ?? "For auditors who were invited"}
      >
        {words?.says ?? "Open the link that you were sent: it leads on from here."}
      </Empty>
    </WholePage>
  );
}

const readKey = async (key: string): Promise<LinkRead> =>
  /^[\w-]{1,100}$/.test(key)
    ? readLink(anonymousCtx(await headers()), key)
    : { ok: false, why: "unknown" };

function Opens({ link, secret }: { link: Link; secret: string }) {
  return (
    <WholePage>
      <div className="head">
        <h1>Welcome, {link.name}</h1>
      </div>
      <Card label="What you were invited to">
        <form action="/auditor/enter/in" method="post" className="stack">
          <input type="hidden" name="key" value={secret} />
          <DescriptionList
            items={[
              ["You look at", periodWords(link)],
              ["From", link.firm],
              ["Invited by", link.invitedBy],
              ["Until", absolute(link.expiresAt, link.zone)],
            ]}
          />
          <p className="sm soft">
            You read access reviews, controls, samples and what is behind them; you change nothing.
            Each page that you open is on record. The link is good once: it lets this browser in.
          </p>
          <div className="row">
            <Button type="submit" variant="primary" size="large">
              Look at the evidence
            </Button>
          </div>
        </form>
      </Card>
    </WholePage>
  );
}
