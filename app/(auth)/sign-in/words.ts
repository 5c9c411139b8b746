import { cityOf, clock, dayOnly } from "#components/time-words.ts";
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
function rolesInWords(roles: readonly Role[]): string {
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
  const city = cityOf(zone);
  return `${spelled[city] ?? city}, ${clock(at, at, zone)}`;
}

/** Why the reader was brought here, by the codes of `requireStaff` and "Sign out". */
export const becauseWords: Record<string, { title: string; text: string; refused: boolean }> = {
  signed_out: {
    title: "You are signed out",
    text: "A live session of yours has ended with it.",
    refused: false,
  },
  signed_out_here: {
    title: "You are signed out here only",
    text: "A live session of yours has ended with it. Your company’s sign-on did not answer: you may still be signed in there.",
    refused: true,
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

/** Why a sign-in by the company's issuer, which may have a name, ended without one, by the codes of its callback. */
export function issuerWords(code: string, name: string | null): { title: string; text: string } {
  const refusals = issuerRefusals(
    name ?? "Your company’s sign-on",
    name ?? "your company’s sign-on",
  );
  return refusals[code] ?? notBegun;
}

/** Refused for who they are, not for what went wrong: the issuer would silently give the same answer again. */
export const asksAgain = (code: string | undefined): boolean =>
  [
    ...["unknown_person", "unverified", "other_identity", "deactivated", "no_role"],
    ...["stale", "logged_out"],
  ].includes(code ?? "");

const notBegun = {
  title: "You are not signed in",
  text: "This sign-in was not begun in this browser, was used already, or took longer than 15 min. Begin again.",
};

const issuerRefusals = (
  issuer: string,
  within: string,
): Record<string, { title: string; text: string }> => ({
  issuer_down: {
    title: `${issuer} does not answer`,
    text: "Nobody can sign in until it does. Try again in a minute; if it lasts, tell whoever runs Alongside.",
  },
  issuer_refused: {
    title: `${issuer} did not sign you in`,
    text: "It gave no reason that helps here. Try again; if it lasts, tell whoever runs Alongside.",
  },
  misconfigured: {
    title: `${issuer} does not know Alongside`,
    text: "The two are not set up for each other: the client’s id, secret or address differ. Tell whoever runs Alongside.",
  },
  cancelled: {
    title: "You went back",
    text: `Nobody was signed in. Sign in when you are ready.`,
  },
  not_verified: {
    title: "You are not signed in",
    text: `What came back from ${within} was not meant for this sign-in, so it was not taken. This attempt is on record. Begin again; if it lasts, tell whoever runs Alongside.`,
  },
  stale: {
    title: "Prove again who you are",
    text: `${issuer} last asked you more than 12 h ago. Sign in there anew.`,
  },
  logged_out: {
    title: "You were signed out meanwhile",
    text: `${issuer} ended your session while you were on the way here. Sign in there anew.`,
  },
  unknown_person: {
    title: "You are not on the staff here",
    text: `${issuer} knows you, but nobody here has your e-mail. Ask an admin to add you. This attempt is on record.`,
  },
  unverified: {
    title: "Your e-mail is not verified",
    text: `${issuer} does not say that your e-mail is yours. Verify it there, or ask whoever runs ${within}. This attempt is on record.`,
  },
  not_followed: {
    title: "Your roles are being changed",
    text: `What the groups of ${within} say of your roles could not be taken over just now. Try again in a minute; if it lasts, tell whoever runs Alongside.`,
  },
  other_identity: {
    title: "Your e-mail belongs to another account",
    text: `Who has this e-mail here signed in before with another account of ${within}. Use that one, or ask whoever runs Alongside to release it. This attempt is on record.`,
  },
  deactivated: {
    title: "You are deactivated",
    text: "You cannot sign in any more. Ask your manager. This attempt is on record.",
  },
  no_role: {
    title: "You hold no role",
    text: "Without one there is nothing here that you may see. Ask your manager. This attempt is on record.",
  },
});

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
