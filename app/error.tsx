"use client";
import { Failed } from "#components/failed.tsx";
import { WholePage } from "#components/whole-page.tsx";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <WholePage>
      <Failed error={error} retry={retry} />
    </WholePage>
  );
}
