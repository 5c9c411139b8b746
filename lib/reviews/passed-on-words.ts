/** Why whoever has an item may not decide it; `nobody`: until now, everybody had a conflict. */
export type WhyPassedOn =
  | "deactivated"
  | "service"
  | "role"
  | "own"
  | "gave"
  | "reports"
  | "nobody";

/** The reason on record for an item that goes on by rule. */
export function passedOnWords(why: WhyPassedOn, from: string | null, person: string): string {
  switch (why) {
    case "deactivated":
      return `${from ?? "Its reviewer"} was deactivated.`;
    case "service":
      return `${from ?? "Its reviewer"} is a service account, and a person decides.`;
    case "role":
      return `${from ?? "Its reviewer"} is neither a manager nor of compliance any more.`;
    case "own":
      return `${from ?? "Its reviewer"} and ${person} are one person.`;
    case "gave":
      return `${from ?? "Its reviewer"} is one person with who gave the right.`;
    case "reports":
      return `${from ?? "Its reviewer"} reports to ${person} by now.`;
    case "nobody":
      return "Nobody could decide it before without a conflict.";
  }
}
