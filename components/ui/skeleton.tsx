const widths = ["a", "b", "c"] as const;

/** Rows of a table that will come, of their final height. */
export function SkeletonRows({ rows, twoLines }: { rows: number; twoLines?: boolean }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className={twoLines ? "skel-row two" : "skel-row"}>
          <div className={`skel ${widths[row % 3]}`} />
        </div>
      ))}
    </div>
  );
}
