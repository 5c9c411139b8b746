"use client";
import { Failed } from "#components/failed.tsx";
import { WholePage } from "#components/whole-page.tsx";
import "./globals.css";

/** When the root layout itself fails: it has to bring its own document. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>This page could not be shown · Alongside</title>
        <WholePage>
          <Failed error={error} retry={retry} />
        </WholePage>
      </body>
    </html>
  );
}
