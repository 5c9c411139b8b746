/** Three bars that move while something is awaited; still when less motion is wanted. */
export function Waiting() {
  return (
    <span className="waiting" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
