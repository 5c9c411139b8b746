"use client";
import { type ReactNode, useEffect, useState } from "react";
import { useHydrated } from "../hydrated.ts";

/** Milliseconds in which a screen reader takes notice of a region that has come. */
const noticed = 100;

type ToldProps = {
  className?: string;
  /** It is told once more when this is another: the answer to a form that was sent again. */
  news?: unknown;
  children: ReactNode;
};

/**
 * What has just been done, told politely. A region is read only for what comes into it while it is there: so it comes empty,
 * and its words a moment later. In the page as the server sends it they stand from the beginning.
 */
export function Told({ className, news, children }: ToldProps) {
  const isLater = useHydrated();
  const [told, setTold] = useState(isLater ? undefined : { news });
  const isTold = told !== undefined && told.news === news;
  useEffect(() => {
    if (isTold) return;
    const timer = setTimeout(() => setTold({ news }), noticed);
    return () => clearTimeout(timer);
  }, [isTold, news]);
  return (
    <div role="status" className={isTold ? className : "vh"}>
      {isTold && children}
    </div>
  );
}
