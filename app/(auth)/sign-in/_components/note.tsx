/** A sentence on top of, or beside, what it is about. A refusal is announced at once, the rest politely. */
export function Note({ title, text, refused }: { title: string; text: string; refused: boolean }) {
  return (
    <div
      id={refused ? "refused" : undefined}
      className={refused ? "note problem" : "note"}
      role={refused ? "alert" : "status"}
    >
      <i className={refused ? "i i-ban" : "i i-clock"} aria-hidden="true" />
      <h3>{title}</h3>
      <p>{text}</p>
    </div>
  );
}
