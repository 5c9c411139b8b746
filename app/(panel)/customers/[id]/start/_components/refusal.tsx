"use client";
import { useEffect, useRef } from "react";
import { z } from "zod";
import { Note } from "#components/ui/note.tsx";
import type { Refusal as Refused } from "#lib/kernel/result.ts";
import { scopes } from "#lib/vocabulary.ts";
import { LiveElsewhere } from "./live-elsewhere.tsx";

const liveSession = z.object({
  sessionId: z.string(),
  subject: z.string(),
  scope: z.enum(scopes),
  expiresAt: z.string(),
});

/** Why nothing was asked or started, where it is not about one of the answers; focused, with the way on. */
export function Refusal({ error, zone }: { error: Refused; zone: string }) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try takes the focus anew
  useEffect(() => box.current?.focus(), [error]);
  const live = error.code === "already_live" ? liveSession.safeParse(error.detail) : null;
  return (
    <div ref={box} tabIndex={-1}>
      {live?.success ? (
        <LiveElsewhere
          refused
          sessionId={live.data.sessionId}
          scope={live.data.scope}
          subject={live.data.subject}
          until={live.data.expiresAt}
          zone={zone}
        />
      ) : (
        <Note tone="problem" role="alert" title={error.message}>
          Nothing was sent. What you typed is kept.
        </Note>
      )}
    </div>
  );
}
