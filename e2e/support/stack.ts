import { z } from "zod";

const schema = z.object({
  /** The panel, on localhost. */
  panelUrl: z.string(),
  /** Ledger, on 127.0.0.1: another host, so that cookies stay apart. */
  ledgerUrl: z.string(),
  /** As the panel connects, and as migrations run. */
  runtimeUrl: z.string(),
  ownerUrl: z.string(),
  ledgerDatabaseUrl: z.string(),
  authSecret: z.string(),
  ledgerClientSecret: z.string(),
  /** Where panel and worker send mail to; nobody listens there until a spec does. */
  mailPort: z.number(),
  /** What stands in for Slack, on loopback, and what it signs with. */
  slack: z.object({ apiUrl: z.string(), signingSecret: z.string() }),
  chromium: z.object({ path: z.string(), args: z.array(z.string()) }),
});
export type RunningStack = z.infer<typeof schema>;

const environments = z.array(z.record(z.string(), z.string())).min(1);

/** What `e2e/run.ts` started, an environment for each worker. @throws when Playwright was run without it. */
export function stackEnvironments(): Record<string, string>[] {
  const { E2E_STACKS } = process.env;
  if (!E2E_STACKS)
    throw new Error("Run browser tests by `npm test -- --only browser [file]`: they need a stack.");
  return environments.parse(JSON.parse(E2E_STACKS));
}

/** The stack of this worker. */
export const stack = (): RunningStack => schema.parse(JSON.parse(process.env.E2E_STACK ?? "null"));
