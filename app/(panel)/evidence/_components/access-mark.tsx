import { Time } from "#components/time.tsx";
import { Mark } from "#components/ui/mark.tsx";
import type { Guest } from "#lib/evidence/guests/queries.ts";

type AccessMarkProps = {
  guest: Pick<Guest, "revokedAt" | "isOver" | "expiresAt">;
  now: Date;
  zone: string;
};

/** Whether the access lasts, and until when. */
export function AccessMark({ guest, now, zone }: AccessMarkProps) {
  if (guest.revokedAt) return <Mark icon="stop">Ended by compliance</Mark>;
  if (guest.isOver)
    return (
      <Mark icon="clock">
        Over since <Time at={guest.expiresAt} now={now} zone={zone} style="dated" />
      </Mark>
    );
  return (
    <Mark icon="key" tone="accent">
      Until <Time at={guest.expiresAt} now={now} zone={zone} style="dated" />
    </Mark>
  );
}
