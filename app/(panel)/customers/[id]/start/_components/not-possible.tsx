import { ButtonLink } from "#components/ui/button.tsx";
import type { Crumb } from "#components/ui/crumbs.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import type { Subject } from "#lib/directory/queries.ts";
import type { RefusalCode } from "#lib/kernel/result.ts";

type NotPossibleProps = {
  subject: Subject;
  crumbs: readonly Crumb[];
  refusal: { code: RefusalCode; message: string };
};

/** What stands against the reader alone, not against anybody. */
const isAboutYou = (code: RefusalCode): boolean =>
  code === "out_of_your_reach" || code === "not_allowed";

/** Instead of the form: why there is none, before anything is typed. */
export function NotPossible({ subject, crumbs, refusal }: NotPossibleProps) {
  return (
    <Page title={`Stand in for ${subject.name}`} crumbs={crumbs}>
      <Empty
        card
        kind="not-allowed"
        icon="ban"
        level="h2"
        title={`${isAboutYou(refusal.code) ? "You cannot" : "Nobody can"} stand in for ${subject.name}`}
        action={
          <div className="row">
            <ButtonLink href="/">Choose another</ButtonLink>
            <ButtonLink variant="quiet" href={`/customers/accounts/${subject.account.id}`}>
              Others at {subject.account.name}
            </ButtonLink>
          </div>
        }
      >
        {refusal.message}
      </Empty>
    </Page>
  );
}
