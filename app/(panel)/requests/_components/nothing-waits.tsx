import { Empty } from "#components/ui/empty.tsx";

export function NothingWaits() {
  return (
    <div className="detail">
      <Empty kind="nothing" title="Nothing waits for a decision" level="h2">
        When an agent asks to stand in for a sensitive account, it appears here within 3 s. Nothing
        to reload.
      </Empty>
    </div>
  );
}
