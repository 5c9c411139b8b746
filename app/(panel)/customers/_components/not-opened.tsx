import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import type { Refusal } from "#lib/kernel/result.ts";
import { TooOftenNote } from "./too-often.tsx";

export const notOpenedTitle = ({ code }: Refusal): string =>
  code === "too_often" ? "Too many at once" : "Another team’s customer";

const crumbs = [{ label: "Search", href: "/" }];

/** In place of a customer who is another team's, or whom the reader may open, but not so soon after so many others. */
export const NotOpened = ({ error }: { error: Refusal }) =>
  error.code === "too_often" ? (
    <Page title="You have opened too many customers" crumbs={crumbs}>
      <TooOftenNote error={error} card />
    </Page>
  ) : (
    <Page title="Another team’s customer" crumbs={crumbs}>
      <Empty
        card
        kind="not-allowed"
        icon="ban"
        level="h2"
        title="You cannot open this customer"
        action={<ButtonLink href="/">Back to the search</ButtonLink>}
      >
        {error.message} That you tried is on record.
      </Empty>
    </Page>
  );
