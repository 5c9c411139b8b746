import { groupName, teamGroups } from "#lib/notices/groups.ts";
import type { TeamChannel } from "#lib/notices/team-channels.ts";

export const teamOptions = teamGroups.map((value) => ({
  value,
  label: groupName(value),
  means:
    value === "approvals"
      ? "Who asks, for whom and why. The decision is made by whom it waits for, on their own page."
      : "What was done in sessions of the team, once they ended.",
}));

/** What a channel gets, in a few words. */
export function toldWords({ team, groups }: TeamChannel): string {
  if (!team) return "Each person’s own notices, for those who chose it";
  const told = teamOptions.filter(({ value }) => groups.includes(value)).map(({ label }) => label);
  return [...told, "Break-glass"].join(", ");
}

/** Of a webhook without its path, which may be its key. */
export const placeWords = ({ channel, address }: TeamChannel): string =>
  channel === "webhook" ? `${URL.parse(address)?.origin ?? ""}/…` : address;
