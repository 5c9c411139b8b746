import { ButtonLink } from "#components/ui/button.tsx";
import type { Crumb } from "#components/ui/crumbs.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import type { Subject } from "#lib/directory/queries.ts";

type NotPossibleProps = { subject: Subject; crumbs: readonly Crumb[]; message: string };

/** Instead of the form: why there is none, before anything is typed. */
export function NotPossible({ subject, crumbs, message }: NotPossibleProps) {
  return (
    <Page title={`Stand in for ${subject.name}`} crumbs={crumbs}>
      <Empty
        card
        kind="not-allowed"
        icon="ban"
        level="h2"
        title={`Nobody can stand in for ${subject.name}`}
        action={
          <div className="row">
            <ButtonLink href="/">Choose another</ButtonLink>
            <ButtonLink variant="quiet" href={`/customers/accounts/${subject.account.id}`}>
              Others at {subject.account.name}
            </ButtonLink>
          </div>
        }
      >
        {message}
      </Empty>
    </Page>
  );
}
