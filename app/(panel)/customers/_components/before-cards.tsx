import { Card } from "#components/ui/card.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { reach } from "#lib/staff/rights.ts";
import { type BeforeProps, readPart } from "./before.tsx";
import { noneOf, titleOf } from "./before-words.ts";
import { type Show, showing } from "./show-params.ts";

/** How much of each part stands on the person's own page. */
const few: Record<Show, number> = { sessions: 5, changes: 2, requests: 3 };

type BeforeCardsProps = BeforeProps & { path: string };

/** The latest of each part of a person's past, with the way to the rest. Of requests only where there are any. */
export async function BeforeCards({ path, ...of }: BeforeCardsProps) {
  const parts = await Promise.all(
    (["sessions", "changes", "requests"] as const).map(async (show) => ({
      show,
      ...(await readPart(of, show, {}, few[show])),
    })),
  );
  const far = reach(of.ctx.actor, "read_audit");
  return parts.map(({ show, rows, older, list }) =>
    rows === 0 && show !== "sessions" ? null : (
      <Card
        key={show}
        flush
        id={show}
        title={titleOf(show, of.customer, far)}
        aside={older && <PlainLink href={showing(path, show)}>{allOf[show]}</PlainLink>}
      >
        {rows === 0 ? <None {...of} show={show} /> : list}
      </Card>
    ),
  );
}

function None({ ctx, customer, show }: BeforeProps & { show: Show }) {
  const { title, body } = noneOf(show, customer, reach(ctx.actor, "read_audit"));
  return (
    <p className="in sm soft">
      {title}. {body}
    </p>
  );
}

const allOf: Record<Show, string> = {
  sessions: "All sessions",
  changes: "All changes",
  requests: "All of these",
};
