import { z } from "zod";
import type { SlackSettings } from "#lib/notices/slack/settings.ts";
import { signingKeysSchema } from "#lib/oauth/keys.ts";
import { readSignOn, type SignOn } from "./sign-on-settings.ts";
import { readSlack } from "./slack-settings.ts";

const json = z.string().transform((text, ctx): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    ctx.addIssue({ code: "custom", message: "is not JSON" });
    return z.NEVER;
  }
});
const address = z.url({ protocol: /^https?$/, error: "is not an http or https address" });
const secret = z.string().min(32, "is shorter than 32 characters");
const database = z.url({ protocol: /^postgres(ql)?$/, error: "is not a postgres:// address" });

const flag = z
  .enum(["", "0", "1"])
  .default("")
  .transform((value) => value === "1");

const environment = z
  .object({
    DATABASE_URL: database,
    DATABASE_OWNER_URL: database.optional(),
    PORT: z.coerce.number().int().min(1).max(65535).default(3000),
    ALONGSIDE_URL: address.optional(),
    NEXTAUTH_SECRET: secret,
    ALONGSIDE_SIGNING_KEYS: json.pipe(signingKeysSchema),
    LEDGER_URL: address.default("http://127.0.0.1:3001"),
    /** How many proxies of ours stand before the panel; 0 in the demo, where none does. */
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).optional(),
    /** Mail goes by this server: smtp:// or smtps://, with name and password where it wants them. */
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: "is not an smtp:// or smtps:// address" })
      .optional(),
    MAIL_FROM: z
      .string()
      .regex(/^[^\r\n<>]*<?[^\s<>@]+@[^\s<>@]+>?$/, "is not an address to send mail from")
      .optional(),
    /** Whether a webhook may lead into the company's own network, by http too. */
    WEBHOOK_PRIVATE: flag,
    DEMO: flag,
  })
  .refine(({ SMTP_URL, MAIL_FROM }) => !SMTP_URL || MAIL_FROM, {
    path: ["MAIL_FROM"],
    error: "is not set",
  })
  .transform((values) => ({
    ...values,
    TRUSTED_PROXIES: values.TRUSTED_PROXIES ?? (values.DEMO ? 0 : 1),
    ALONGSIDE_URL: values.ALONGSIDE_URL ?? `http://localhost:${values.PORT}`,
  }))
  .refine(
    ({ DATABASE_URL, DATABASE_OWNER_URL }) => roleOf(DATABASE_URL) !== roleOf(DATABASE_OWNER_URL),
    {
      path: ["DATABASE_URL"],
      error: "names the owner: the panel must run as another role",
    },
  );

export type Environment = z.infer<typeof environment> & {
  /** Null: no issuer is configured. */
  signOn: SignOn | null;
  /** Null: there is no Slack app. */
  slack: SlackSettings | null;
};

const roleOf = (url?: string) => (url ? new URL(url).username : undefined);

/**
 * Settings of the panel and the worker. @throws with one sentence that names every variable that is missing or
 * wrong, never its value.
 */
export function parseEnvironment(variables: Record<string, string | undefined>): Environment {
  const parsed = environment.safeParse(variables);
  const read = readSignOn(variables);
  const app = readSlack(variables);
  if (parsed.success && "signOn" in read && "slack" in app)
    return { ...parsed.data, signOn: read.signOn, slack: app.slack };
  const faults = (parsed.error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0]);
    return `${name} ${variables[name] === undefined ? "is not set" : message}`;
  });
  for (const part of [read, app])
    if ("faults" in part)
      faults.push(...part.faults.map(({ name, message }) => `${name} ${message}`));
  throw new Error(`Wrong environment: ${[...new Set(faults)].join("; ")}.`);
}

let parsed: Environment | undefined;

/** This process's settings, read at the first call: a build needs none. */
export function env(): Environment {
  parsed ??= parseEnvironment(process.env);
  return parsed;
}
