/** The reason as the person typed it, in quotes. */
export function Quote({ children, large }: { children: string; large?: boolean }) {
  const text = `“${children}”`;
  return large ? (
    <blockquote className="quote">{text}</blockquote>
  ) : (
    <q className="wrap-anywhere before:content-none after:content-none">{text}</q>
  );
}
