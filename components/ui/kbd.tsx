type KbdProps = {
  children: string;
  /** On a button, a link or a choice: it is called what it does, and `aria-keyshortcuts` says by which key. */
  seenOnly?: boolean;
};

export function Kbd({ children, seenOnly }: KbdProps) {
  return (
    <kbd className="kbd" aria-hidden={seenOnly}>
      {children}
    </kbd>
  );
}

/** A key with the one that commands: ⌘ on a Mac, Ctrl elsewhere (`data-keys` around it). */
export function ModKbd({ children, seenOnly }: KbdProps) {
  return (
    <kbd className="kbd mod" aria-hidden={seenOnly}>
      {children}
    </kbd>
  );
}

/** The keys of a list's rows; `opens` is what Enter does. */
export const rowHints = (opens = "open") => [
  { keys: ["J", "K"], does: "move" },
  { keys: ["↵"], does: opens },
];

/** A line of keys and what they do; left out on touch-sized screens. */
export function KeyHints({ hints }: { hints: { keys: string[]; does: string }[] }) {
  return (
    <p className="keys">
      {hints.map(({ keys, does }) => (
        <span key={does}>
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
          {does}
        </span>
      ))}
    </p>
  );
}
