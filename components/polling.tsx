"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { onLook } from "./live/look.ts";
import { Button } from "./ui/button.tsx";

type RefreshProps = {
  /** Milliseconds between looks. */
  every?: number;
  /**
   * An address whose answer changes when the page should be read anew, such as `/api/pulse?request=…`. Asking it is no
   * activity of the person, reading the page is: without it the page is read each time.
   */
  pulse?: string;
  /** What `pulse` answers to the page as it is: else a change before the first look goes unseen. */
  known?: string;
};

/** Keeps a page up to date while it is seen. What is typed, chosen or focused stays. Says so when it cannot. */
export function Refresh({ every = 3000, pulse, known }: RefreshProps) {
  const router = useRouter();
  const [lost, setLost] = useState(false);
  const last = useRef<string | null>(known ?? null);

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;

    let looking = false;
    const look = async () => {
      if (looking) return;
      looking = true;
      if (document.visibilityState === "visible") {
        if (pulse) await ask(pulse);
        else router.refresh();
      }
      looking = false;
      clearTimeout(timer);
      if (!stop.signal.aborted) timer = setTimeout(look, every);
    };
    const ask = async (address: string) => {
      try {
        const answer = await fetch(address, { signal: stop.signal, cache: "no-store" });
        // Signed out meanwhile: the page itself says so.
        const word = answer.status === 401 ? "401" : answer.ok ? await answer.text() : null;
        setLost(word === null);
        if (word === null) return;
        if (last.current !== null && last.current !== word) router.refresh();
        last.current = word;
      } catch {
        if (!stop.signal.aborted) setLost(true);
      }
    };
    const seen = () => {
      if (document.visibilityState !== "visible") return;
      look().catch(() => setLost(true));
    };

    timer = setTimeout(look, pulse ? 0 : every);
    const deaf = pulse ? onLook(seen) : () => {};
    document.addEventListener("visibilitychange", seen);
    return () => {
      stop.abort();
      clearTimeout(timer);
      deaf();
      document.removeEventListener("visibilitychange", seen);
    };
  }, [every, pulse, router]);

  return (
    <span role="status" className={lost ? "xs soft" : "vh"}>
      {lost && "This page stopped following. Trying again; what you do here still counts."}
    </span>
  );
}

/** "2 new", on top of a list that is not changed under the pointer. */
export function NewItems({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <p role="status" className={count === 0 ? undefined : "row justify-center p-2"}>
      {count !== 0 && (
        <Button icon="refresh" onClick={onShow}>
          {count > 0 ? `${count} new` : "Changed, show"}
        </Button>
      )}
    </p>
  );
}

type HeldListProps = {
  /** The ids of what `children` lists, in order. */
  ids: readonly string[];
  children: ReactNode;
};

/**
 * Holds a list still while the pointer or the focus is in it: when its members change, it keeps the old ones and offers
 * the new. Changes inside the same members pass.
 */
export function HeldList({ ids, children }: HeldListProps) {
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState({ key: ids.join(), ids, children });
  const key = ids.join();
  const same = key === shown.key;

  useEffect(() => {
    if (!same && !box.current?.matches(":hover, :focus-within")) setShown({ key, ids, children });
  }, [same, key, ids, children]);

  const added = ids.filter((id) => !shown.ids.includes(id)).length;
  return (
    <div ref={box}>
      {!same && <NewItems count={added || -1} onShow={() => setShown({ key, ids, children })} />}
      {same ? children : shown.children}
    </div>
  );
}
