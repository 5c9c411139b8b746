"use client";
import {
  createContext,
  Fragment,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
} from "react";
import { heldOnTop } from "./held-on-top.ts";
import { NewItems } from "./polling.tsx";

type First = { id: string | null; set: (id: string | null) => void };
const FirstShown = createContext<First>({ id: null, set: () => {} });

/** Around a list and what acts on "all that is shown": lets that know which the first one is. */
export function WithFirstShown({ children }: { children: ReactNode }) {
  const [id, set] = useState<string | null>(null);
  return <FirstShown value={{ id, set }}>{children}</FirstShown>;
}

/** The id of the first one that the reader sees, which what waits above it comes before; null before the list is there. */
export const useFirstShown = (): string | null => useContext(FirstShown).id;

type NewOnTopProps = {
  /** What is listed, newest first. */
  items: readonly { id: string; row: ReactNode }[];
  /** The list around the rows. */
  className: string;
};

/**
 * A list that nothing comes in on top of: "2 new" stands there, and shows them when it is pressed. What the reader does
 * away with goes at once.
 */
export function NewOnTop({ items, className }: NewOnTopProps) {
  const ids = items.map(({ id }) => id);
  const box = useRef<HTMLDivElement>(null);
  const [known, setKnown] = useState(ids);
  const { shown, fresh } = heldOnTop(known, ids);
  const { set: setFirst } = useContext(FirstShown);
  const first = shown[0] ?? null;
  const isNext = fresh.length === 0 && known.join() !== ids.join();

  useEffect(() => {
    if (isNext) setKnown(ids);
  }, [isNext, ids]);
  useEffect(() => setFirst(first), [first, setFirst]);

  return (
    <div ref={box}>
      <NewItems
        count={fresh.length}
        onShow={() => {
          setKnown(ids);
          // The button that had the focus is gone: it goes on to what was asked for.
          requestAnimationFrame(() =>
            box.current?.querySelector<HTMLElement>("[data-row]")?.focus(),
          );
        }}
      />
      <ul className={className}>
        {items
          .filter(({ id }) => shown.includes(id))
          .map(({ id, row }) => (
            <Fragment key={id}>{row}</Fragment>
          ))}
      </ul>
    </div>
  );
}
