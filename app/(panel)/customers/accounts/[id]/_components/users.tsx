import { Card } from "#components/ui/card.tsx";
import { Input } from "#components/ui/input.tsx";
import { accountUsersParams, readAccountUsers } from "#lib/directory/account-users.ts";
import type { Account } from "#lib/directory/queries.ts";
import { readOwnLive } from "#lib/impersonation/queries.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { may } from "#lib/staff/rights.ts";
import { personRow } from "../../../../_components/person-row.ts";
import type { Query } from "../../../../_words/one.ts";
import { AccountUsers } from "../../../_components/account-users.tsx";
import { TooOftenNote } from "../../../_components/too-often.tsx";

type UsersProps = {
  ctx: Ctx<StaffActor>;
  account: Account;
  path: string;
  query: Awaited<Query>;
  now: Date;
};

/** The users of an account, and a field to find one of them. */
export async function Users({ ctx, account, path, query, now }: UsersProps) {
  const { q, ...place } = accountUsersParams.parse(query);
  const standsIn = may(ctx.actor, "start");
  const [page, live] = await Promise.all([
    readAccountUsers(ctx, account.id, { q, ...place }),
    standsIn ? readOwnLive(ctx) : null,
  ]);
  return (
    <Card
      title="Users"
      id="users"
      flush
      aside={
        <form className="find row">
          <label className="vh" htmlFor="find">
            Find in this account
          </label>
          <Input
            id="find"
            name="q"
            type="search"
            defaultValue={q}
            placeholder="Find in this account"
            data-search
          />
        </form>
      }
    >
      {page.ok ? (
        <AccountUsers
          path={path}
          q={q}
          rows={page.value.users.map((user) => personRow(user, now, ctx.actor.zone))}
          previous={page.value.previous}
          next={page.value.next}
          live={live && { subjectId: live.subject.id, scope: live.scope }}
          standsIn={standsIn}
        />
      ) : (
        <TooOftenNote error={page.error} />
      )}
    </Card>
  );
}
