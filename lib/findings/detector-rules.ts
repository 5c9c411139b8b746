import { beyondTicket } from "./detectors/beyond-ticket.ts";
import { breakGlass } from "./detectors/break-glass.ts";
import { dormant } from "./detectors/dormant.ts";
import { manyAccounts } from "./detectors/many-accounts.ts";
import { nearToActor } from "./detectors/near-to-actor.ts";
import { noTicket } from "./detectors/no-ticket.ts";
import { outsideHours } from "./detectors/outside-hours.ts";
import { quickApproval } from "./detectors/quick-approval.ts";
import { refusals } from "./detectors/refusals.ts";
import { samePair } from "./detectors/same-pair.ts";
import { sameSubject } from "./detectors/same-subject.ts";
import { unusualWrites } from "./detectors/unusual-writes.ts";
import { vip } from "./detectors/vip.ts";
import type { DetectorRule } from "./facts.ts";

/** What runs. `look_closer` is raised with the verdict that says so, in `review-session.ts`. */
export const detectorRules: readonly DetectorRule[] = [
  manyAccounts,
  outsideHours,
  sameSubject,
  noTicket,
  unusualWrites,
  nearToActor,
  vip,
  samePair,
  quickApproval,
  refusals,
  dormant,
  beyondTicket,
  breakGlass,
];
