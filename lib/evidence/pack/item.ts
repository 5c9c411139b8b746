import { z } from "zod";
import {
  assignments,
  attestations,
  grantSources,
  remediationKinds,
  remediationResults,
  roles,
  scopes,
  staffKinds,
  staffStatuses,
} from "#lib/vocabulary.ts";

const time = z.coerce.date().nullable();
const person = z.object({ id: z.uuid(), name: z.string() }).nullable();

export const item = z.object({
  id: z.uuid(),
  number: z.number(),
  staffId: z.uuid(),
  name: z.string(),
  email: z.string(),
  team: z.string(),
  kind: z.enum(staffKinds),
  status: z.enum(staffStatuses),
  deactivatedAt: time,
  managerId: z.uuid().nullable(),
  managerName: z.string().nullable(),
  role: z.enum(roles),
  permissions: z.array(z.string()),
  scopes: z.array(z.enum(scopes)),
  privileged: z.boolean(),
  source: z.enum(grantSources),
  grantId: z.uuid(),
  /** To the microsecond, so that an edge can be checked and the population hashed again. */
  grantedAt: z.string(),
  grantedBy: z.string().nullable(),
  grantedById: z.uuid().nullable(),
  endedAt: z.string().nullable(),
  endedEntryId: z.uuid().nullable(),
  lastUsedAt: time,
  sessions: z.number(),
  breakGlass: z.number(),
  openFindings: z.number(),
  reviewer: person,
  reviewerHow: z.enum(assignments).nullable(),
  /** After the first: who had it next, by whom and why. */
  reassignments: z.array(
    z.object({
      to: person,
      by: person,
      how: z.enum(assignments).nullable(),
      reason: z.string().nullable(),
      at: z.coerce.date(),
    }),
  ),
  decision: z
    .object({
      decision: z.enum(attestations),
      justification: z.string(),
      by: person,
      as: z.enum(roles).nullable(),
      at: z.coerce.date(),
      signInHow: z.string().nullable(),
      signInAge: z.number().nullable(),
      conflictCheck: z.string(),
      seconds: z.number().nullable(),
      inBulk: z.boolean(),
      sampleOpened: z.number(),
      sampleSize: z.number(),
      entryId: z.uuid(),
    })
    .nullable(),
  remediation: z
    .object({
      id: z.uuid(),
      kind: z.enum(remediationKinds),
      what: z.string(),
      by: person,
      at: time,
      verifiedHow: z.string().nullable(),
      result: z.enum(remediationResults).nullable(),
      verifiedAt: time,
      entryId: z.uuid(),
      verifiedEntryId: z.uuid().nullable(),
    })
    .nullable(),
  /** What was to be done elsewhere: beside what was taken and tried here, never in its place. */
  tasks: z.array(
    z.object({
      id: z.uuid(),
      what: z.string(),
      owner: person,
      dueOn: z.string(),
      /** Who had it before, oldest first: from whom, to whom, until when, by whom and why. */
      givenOn: z.array(
        z.object({
          from: person,
          fromDueOn: z.string(),
          to: person,
          dueOn: z.string(),
          by: person,
          at: z.coerce.date(),
          reason: z.string(),
          entryId: z.uuid(),
        }),
      ),
      doneBy: person,
      doneAt: time,
      verifiedHow: z.string().nullable(),
      result: z.enum(remediationResults).nullable(),
      verifiedBy: person,
      verifiedAt: time,
      entryId: z.uuid(),
      verifiedEntryId: z.uuid().nullable(),
    }),
  ),
  /** Undecided, because somebody took the right before anybody decided, outside of the review. */
  taken: z.object({ by: person, at: z.coerce.date(), entryId: z.uuid().nullable() }).nullable(),
  exception: z
    .object({
      owner: person,
      expiresOn: z.string(),
      reason: z.string(),
      by: person,
      at: z.coerce.date(),
      entryId: z.uuid(),
    })
    .nullable(),
});
export type Person = z.infer<typeof person>;
export type PackItem = z.infer<typeof item>;
