import pino, { type Logger } from "pino";

const root = pino({
  base: { app: "alongside" },
  timestamp: pino.stdTimeFunctions.isoTime,
  // The second net: nothing that is logged should hold these in the first place.
  redact: {
    paths: ["password", "secret", "token", "cookie", "authorization", "headers", "body"].flatMap(
      (key) => [key, `*.${key}`],
    ),
    censor: "[not logged]",
  },
});

/** JSON lines on standard output. Ids and codes only: never a token, a secret or a subject's personal data. */
export const log = (requestId?: string): Logger => (requestId ? root.child({ requestId }) : root);
