"use client";
import type { ReactNode } from "react";
import { Hulls } from "./shell/brand.tsx";

/** A page that says one thing, outside the panel: not found, not allowed, failed. */
export function WholePage({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto grid max-w-form content-start gap-6 px-4 py-16">
      <span className="brand p-0">
        <Hulls />
        Alongside
      </span>
      {children}
    </main>
  );
}
