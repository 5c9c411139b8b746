import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { sentence } from "#lib/kernel/sentence.ts";
import { lettersOf, typedText } from "#lib/kernel/typed-text.ts";
import { type Role, roles, staffKinds } from "#lib/vocabulary.ts";

const words = (what: string) =>
  typedText.pipe(
    z
      .string()
      .min(1, `Write ${what}.`)
      .max(100, "At most 100 characters.")
      .regex(/^[^\n\t]*$/),
  );

/** As the sign-on says it; compared without case. */
const emailOr = (refusal: string) =>
  typedText.pipe(z.email(refusal).max(200, "At most 200 characters."));

const zones = new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
export const timeZones: readonly string[] = [...zones].sort();

const zone = typedText.pipe(
  z.string().refine((name) => zones.has(name), "Choose a time zone, like Europe/Lisbon."),
);

/** Boxes of a form: none, one or several. */
const heldRoles = z
  .union([z.string(), z.array(z.string())], "Choose roles.")
  .optional()
  .transform((chosen) => (chosen === undefined ? [] : [chosen].flat()))
  .pipe(z.array(z.enum(roles, "There is no such role.")))
  .transform((chosen): Role[] => roles.filter((role) => chosen.includes(role)))
  .refine((chosen) => !(chosen.includes("agent") && chosen.includes("compliance")), {
    error: "Agent and compliance exclude each other: nobody oversees their own sessions.",
  });

const details = z.object({
  name: words("their name"),
  team: words("their team"),
  zone,
  /** Empty: reports to nobody here. */
  managerEmail: z
    .union([
      z.literal(""),
      emailOr("Write their manager’s e-mail, like name@example.com, or nothing."),
    ])
    .default(""),
  roles: heldRoles,
  /** Of an agent: may look and never act. */
  lookingOnly: z
    .literal("on")
    .optional()
    .transform((box) => box === "on"),
  kind: z.enum(staffKinds, "Choose a person or a service account.").default("person"),
  /** Why roles or manager change; nothing where they do not. */
  reason: typedText.pipe(z.string().max(500, "At most 500 characters.")).default(""),
});

const { name, reason: _, ...others } = details.shape;

/** A new member of staff. The e-mail stays: by it the sign-on knows them. */
export const addStaffSchema = z.object({
  // In the order of the form: so come the refusals on top of it.
  name,
  email: emailOr("That is not an e-mail address, like name@example.com."),
  ...others,
  /** Whether they are told by mail that they can sign in. */
  invite: z
    .literal("on")
    .optional()
    .transform((box) => box === "on"),
});
export type AddStaff = Omit<z.infer<typeof addStaffSchema>, "invite"> & { invite?: boolean };

export const changeStaffSchema = details.extend({
  staffId: idSchema,
  /** The grants that the form showed as held: what was changed since is not changed back. */
  held: z
    .string()
    .transform((ids) => ids.split(" ").filter(Boolean))
    .pipe(z.array(idSchema).max(20)),
});
export type ChangeStaff = Omit<z.infer<typeof changeStaffSchema>, "held" | "reason"> & {
  held?: readonly string[];
  reason?: string;
};

/** Why somebody is withdrawn or let in again, for the record. */
export const standingSchema = z.object({
  staffId: idSchema,
  reason: typedText.pipe(
    z
      .string()
      .refine((text) => lettersOf(text) >= 3, "Say why, in a few words. It is on record.")
      .max(500, "At most 500 characters."),
  ),
});
export type Standing = z.infer<typeof standingSchema>;

/** That two accounts are one person's: the other by its e-mail. */
export const linkPersonSchema = z.object({
  staffId: idSchema,
  otherEmail: typedText.pipe(z.email("Write the e-mail of the other account.").max(200)),
  reason: sentence("Say in at least 10 characters how you know. It is on record.", 500),
});
export type LinkPerson = z.infer<typeof linkPersonSchema>;

/** That an account is a person of its own after all. */
export const partPersonSchema = z.object({
  staffId: idSchema,
  reason: sentence(
    "Say in at least 10 characters how you know. It is on record, and read by who decides.",
    500,
  ),
});
export type PartPerson = z.infer<typeof partPersonSchema>;

/** One of one's own sign-ins; nothing: all but this one. */
export const endDevicesSchema = z.object({
  signInId: z.union([z.literal(""), idSchema]).transform((id) => (id === "" ? null : id)),
});
