import type { Role } from "#lib/vocabulary.ts";

/** Who causes a change, or looks. Switches over `kind` are exhaustive. */
export type StaffActor = {
  kind: "staff";
  id: string;
  name: string;
  email: string;
  roles: readonly Role[];
  team: string;
  /** IANA zone in which this person reads times. */
  zone: string;
  signInId: string;
  /** When they last proved who they are; null where the issuer does not say. */
  authTime: Date | null;
  /** How, as the issuer says it; null where it does not. */
  acr: string | null;
  /** An agent who may look and never act. */
  lookingOnly?: boolean;
  /** Came without a browser of ours: then `signInId` names the link to that service, and no sign-in is found by it. */
  via?: "slack";
};
export type ProductActor = { kind: "product"; id: string; clientId: string; name: string };
export type SystemActor = {
  kind: "system";
  part: "worker" | "policy" | "oauth" | "sign_in" | "command";
};
/** An auditor from outside, who may look at one period: no staff, without any right of theirs. */
export type GuestActor = {
  kind: "guest";
  id: string;
  name: string;
  firm: string;
  /** The link by which this browser came in. */
  linkId: string;
  /** IANA zone of the company, in which the period's days are days. */
  zone: string;
};
export type AnonymousActor = { kind: "anonymous" };
export type Actor = StaffActor | ProductActor | SystemActor | GuestActor | AnonymousActor;

export const has = (actor: Actor, role: Role): boolean =>
  actor.kind === "staff" && actor.roles.includes(role);

/** The name an entry shows for who did it. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case "staff":
    case "product":
      return actor.name;
    case "guest":
      return `${actor.name}, ${actor.firm}`;
    case "system":
      return systemNames[actor.part];
    case "anonymous":
      return "Somebody not signed in";
  }
}

const systemNames: Record<SystemActor["part"], string> = {
  worker: "Alongside",
  oauth: "Alongside",
  sign_in: "Alongside",
  policy: "Policy",
  command: "Whoever runs this installation",
};
