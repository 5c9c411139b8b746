import type { Actor } from "#lib/kernel/actor.ts";
import type { RefusalCode } from "#lib/kernel/result.ts";
import { reach } from "#lib/staff/rights.ts";
import type { Standing } from "./lock.ts";

/** Why somebody may not dispose of a finding; null where they may. The schema asks the same again. */
export function disposalRefusal(
  reader: Actor,
  { isInvolved, reportsToThem, leads }: Standing,
): { code: RefusalCode; message: string } | null {
  const far = reach(reader, "dispose_findings");
  if (far === "none")
    return {
      code: "not_allowed",
      message: "Only their manager or compliance disposes of a finding.",
    };
  if (isInvolved)
    return { code: "own_record", message: "This is about you, so somebody else disposes of it." };
  if (reportsToThem)
    return {
      code: "reports_to_actor",
      message: "You report to who this is about, so somebody else disposes of it.",
    };
  if (far !== "all" && !leads)
    return {
      code: "not_allowed",
      message: "This is about another team. Their manager or compliance disposes of it.",
    };
  return null;
}
