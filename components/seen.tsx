/** When somebody was last seen in the product, in words that were chosen before. */
export const Seen = ({ seen }: { seen: { iso: string; whole: string; words: string } | null }) =>
  seen ? (
    <time dateTime={seen.iso} title={seen.whole} className="ago">
      {seen.words}
    </time>
  ) : (
    "Never"
  );
