import type { ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import { Told } from "../ui/told.tsx";

/** On every page, to everyone, while standing in is stopped. `at`: a `<Time style="clock">`. */
export function StopBand({ by, at, reason }: { by: string; at: ReactNode; reason: string }) {
  return (
    <aside className="stop-band" aria-label="Global stop">
      <Icon name="stop" />
      <Told>
        <p>
          <strong>
            Stopped by {by} at {at}: “{reason}”
          </strong>{" "}
          Nothing can start until it is lifted.
        </p>
      </Told>
    </aside>
  );
}
