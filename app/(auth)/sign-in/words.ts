import { clock, dayOnly } from "#components/time-words.ts";
import { waitWords } from "#lib/limits/wait-words.ts";
import type { Persona } from "#lib/staff/queries.ts";
import type { Role } from "#lib/vocabulary.ts";

const roleWords: Record<Role, string> = {
  agent: "agent",
  manager: "manager",
  compliance: "compliance",
  admin: "admin",
};

/** "Manager and agent": the leading role first. */
export function rolesInWords(roles: readonly Role[]): string {
  const order: Role[] = ["admin", "compliance", "manager", "agent"];
  const words = order.filter((role) => roles.includes(role)).map((role) => roleWords[role]);
  const all = words.join(" and ");
  return all.charAt(0).toUpperCase() + all.slice(1);
}

/** The second line of a persona: what the role is for, whom they report to, what waits for them. */
export function personaLine(person: Persona): string {
  const role = rolesInWords(person.roles) || "No role";
  if (person.roles.includes("compliance")) return `${role} · reads everything, starts nothing`;
  if (person.roles.includes("admin")) return `${role} · reads everything, ends any session`;
  if (person.waiting > 0) {
    const wait = person.waiting === 1 ? "1 request waits" : `${person.waiting} requests wait`;
    return `${role} · ${person.team}, ${wait}`;
  }
  if (person.roles.includes("manager") || !person.managerName) return `${role} · ${person.team}`;
  return `${role} · ${person.team}, reports to ${person.managerName}`;
}

const spelled: Record<string, string> = { Bogota: "Bogotá" };

/** "Lisbon, 10:22": where somebody is and how late it is there. */
export function placeAndTime(zone: string, at: Date): string {
  const city = (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
  return `${spelled[city] ?? city}, ${clock(at, at, zone)}`;
}

/** Why the reader was brought here, by the codes of `requireStaff` and "Sign out". */
export const becauseWords: Record<string, { title: string; text: string; refused: boolean }> = {
  signed_out: {
    title: "You are signed out",
    text: "A live session of yours has ended with it.",
    refused: false,
  },
  ended: {
    title: "You were signed out",
    text: "This sign-in was ended. Sign in to go on.",
    refused: false,
  },
  idle: {
    title: "You were signed out after 30 min without use",
    text: "Sign in and go on where you were.",
    refused: false,
  },
  expired: {
    title: "You were signed out after 12 h",
    text: "Sign in and go on where you were.",
    refused: false,
  },
  deactivated: {
    title: "You are deactivated",
    text: "You cannot see or do anything here any more, and a live session of yours is over. Ask your manager.",
    refused: true,
  },
  no_role: {
    title: "You hold no role any more",
    text: "Without one there is nothing here that you may see, and a live session of yours is over. Ask your manager.",
    refused: true,
  },
};

/** Why a sign-in was refused, by the codes of `signIn`; `seconds` is after how long it may be tried again. */
export function refusalWords(
  code: string,
  person: Persona | undefined,
  now: Date,
  seconds?: string,
) {
  if (code === "too_often") {
    const wait = /^[1-9]\d{0,3}$/.test(seconds ?? "")
      ? waitWords(Number(seconds))
      : "a few minutes";
    return {
      title: "You are not signed in: it was tried too often",
      text: `Too many sign-ins came from your network or were yours. Try again in ${wait}. Whoever is signed in stays so.`,
    };
  }
  const name = person?.name ?? "This person";
  if (code === "deactivated") {
    const since = person?.deactivatedAt
      ? ` since ${dayOnly(person.deactivatedAt, now, person.zone)}`
      : "";
    return {
      title: `${name} cannot sign in`,
      text: `Deactivated${since}. Ask their manager${person?.managerName ? `, ${person.managerName}` : ""}. This attempt is on record.`,
    };
  }
  if (code === "no_role")
    return {
      title: `${name} cannot sign in`,
      text: "They hold no role any more. Ask their manager. This attempt is on record.",
    };
  return {
    title: "You are not signed in",
    text: "The sign-in was not sent from this page, or names nobody here. Choose a person again.",
  };
}
