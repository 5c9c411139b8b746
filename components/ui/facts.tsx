import type { ReactNode } from "react";

/** Numbers with what they count, side by side. */
export function Facts({
  items,
}: {
  items: readonly { n: ReactNode; of: ReactNode; key: string }[];
}) {
  return (
    <dl className="facts">
      {items.map(({ n, of, key }) => (
        <div key={key}>
          <dt>{of}</dt>
          <dd>{n}</dd>
        </div>
      ))}
    </dl>
  );
}
