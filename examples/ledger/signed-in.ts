import type { NextFunction, Request, Response } from "express";
import type { Viewer } from "./viewer.ts";

/** Sends who is nobody here to the sign-in page, and back afterwards. */
export function signedIn(req: Request, res: Response, next: NextFunction): void {
  if (req.viewer) {
    next();
    return;
  }
  const back = req.method === "GET" ? `?next=${encodeURIComponent(req.originalUrl)}` : "";
  res.redirect(303, `/sign-in${back}`);
}

/** Behind `signedIn` only. */
export function viewerOf(req: Request): Viewer {
  if (!req.viewer) throw new Error("a page for customers was reached without a viewer");
  return req.viewer;
}
