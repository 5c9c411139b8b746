import type { StaffActor } from "#lib/kernel/actor.ts";
import { reach } from "#lib/staff/rights.ts";

/** Whose history the reader sees, so that nobody takes a part for the whole. */
export function scopeSentence(reader: StaffActor, what: "sessions" | "entries"): string {
  switch (reach(reader, "read_audit")) {
    case "all":
      return `You see all ${what}.`;
    case "team":
      return `You see the ${what} of your team, ${reader.team}.`;
    case "own":
      return `You see your own ${what}.`;
    case "none":
      return `You see no ${what}.`;
  }
}
