import { Chip, Filters } from "#components/ui/filters.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { listStaff } from "#lib/staff/list.ts";
import { reach } from "#lib/staff/rights.ts";
import { address } from "../../_filters/address.ts";
import { AccountMenu, ActorMenu, SubjectMenu } from "../../_filters/menus.tsx";
import { nameOfAccount, nameOfSubject } from "../../_filters/typed.ts";

type Kept = { actor?: string; subject?: string; account?: string };

export async function PastFilters({ ctx, kept }: { ctx: Ctx<StaffActor>; kept: Kept }) {
  const far = reach(ctx.actor, "read_audit");
  const staff = far === "own" ? [] : await listStaff(ctx.db, far === "all" ? null : ctx.actor.team);
  const without = (name: keyof Kept) => address("/sessions", { ...kept, [name]: null });
  const menu = { path: "/sessions", keep: kept };
  const any = Boolean(kept.actor || kept.subject || kept.account);
  return (
    <Filters clear={any ? "/sessions" : null}>
      {kept.actor && (
        <Chip field="Actor" without={without("actor")}>
          {staff.find(({ id }) => id === kept.actor)?.name ?? "Somebody else"}
        </Chip>
      )}
      {kept.subject && (
        <Chip field="Subject" without={without("subject")}>
          {await nameOfSubject(ctx, kept.subject)}
        </Chip>
      )}
      {kept.account && (
        <Chip field="Account" without={without("account")}>
          {await nameOfAccount(ctx, kept.account)}
        </Chip>
      )}
      {!kept.actor && staff.length > 0 && <ActorMenu {...menu} staff={staff} first />}
      {!kept.subject && <SubjectMenu {...menu} first={staff.length === 0} />}
      {!kept.account && <AccountMenu {...menu} />}
    </Filters>
  );
}
