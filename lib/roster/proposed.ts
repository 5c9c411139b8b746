import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { type Role, roles } from "#lib/vocabulary.ts";

const after = z.union([
  z
    .object({ group: z.string(), role: z.enum(roles) })
    .transform((of) => ({ of: "group" as const, ...of })),
  z.object({ roles: z.array(z.string()) }).transform((of) => ({ of: "admin" as const, ...of })),
  z.object({ person: z.literal("own") }).transform(() => ({ of: "person" as const })),
  z.object({ status: z.literal("active") }).transform(() => ({ of: "status" as const })),
]);

/**
 * What a proposal about the staff would do: a group gives a role, somebody becomes an admin, an account is a person of its
 * own, an admin who was suspended is let in again. Null: none that this version knows.
 */
export type ProposedOfStaff =
  | { of: "group"; group: string; role: Role }
  | { of: "admin"; roles: string[] }
  | { of: "person" }
  | { of: "status" };

export const proposedOfStaff = (value: unknown): ProposedOfStaff | null =>
  after.safeParse(value).data ?? null;

/** Before an account is taken apart: the accounts of the same person, by id and as they are called. */
export const togetherWith = z.object({
  with: z.array(z.object({ id: idSchema, name: z.string(), email: z.string() })),
});
