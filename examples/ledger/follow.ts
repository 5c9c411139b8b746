import type { Request } from "express";
import { whereItHappens } from "./activity.ts";
import { stillHere, type Viewer } from "./viewer.ts";

/** A page of activities that is open. */
export type Follower = {
  req: Request & { viewer: Viewer };
  /** Comes at every look; `isNew`: something happened in this company since. */
  turn(isNew: boolean): Promise<void>;
  /** Who looked is signed out, or nobody knows. */
  end(): void;
};

/** How often this process looks for news, in ms. */
const everyMs = 1500;
const followers = new Set<Follower>();
let isLooking = false;

/** From now on, until what it gives is called. One look is for all pages that are open in this process. */
export function follow(one: Follower): () => void {
  followers.add(one);
  if (!isLooking) void keepLooking();
  return () => followers.delete(one);
}

async function keepLooking(): Promise<void> {
  isLooking = true;
  const where = whereItHappens();
  while (followers.size > 0) {
    await look(where).catch((error: unknown) => {
      // A page that is cut off connects again by itself.
      console.error(`ledger: could not look for news: ${error}`);
      for (const one of followers) one.end();
    });
    await new Promise((done) => setTimeout(done, everyMs).unref());
  }
  isLooking = false;
}

async function look(where: ReturnType<typeof whereItHappens>): Promise<void> {
  const all = [...followers];
  const [news, here] = await Promise.all([where(), stillHere(all.map(({ req }) => req))]);
  await Promise.all(
    all.map(async (one) => {
      if (!followers.has(one)) return;
      if (!here.has(one.req)) return one.end();
      await one.turn(news === "everywhere" || news.has(one.req.viewer.accountId));
    }),
  );
}
