import { resolve } from "node:path";
import { z } from "zod";
import { Failure } from "#db/failure.ts";
import type { SlackSettings } from "#lib/notices/slack/settings.ts";
import { readSignOn, type SignOn } from "../sign-on-settings.ts";
import { readSlack } from "../slack-settings.ts";
import { keptSecrets, type Secrets } from "./secrets.ts";

/** What a start was asked for, from the environment. */
export type Settings = {
  /** Demo people and data, and only loopback is listened on. */
  isDemo: boolean;
  /** Null: the embedded PostgreSQL. */
  database: { runtimeUrl: string; ownerUrl: string } | null;
  /** Null: one is made beside the panel's in demo mode; without demo mode the product does not run. */
  ledgerDatabaseUrl: string | null;
  dataDir: string;
  distDir: string;
  port: number;
  ledgerPort: number;
  alongsideUrl: string;
  ledgerUrl: string;
  keys: Keys;
  /** Null: no issuer is configured. */
  signOn: SignOn | null;
  /** Null: there is no Slack app. */
  slack: SlackSettings | null;
  /** Where mail goes out, and where webhooks may lead: as panel and worker get it. */
  outside: Record<string, string>;
  /** Passwords of the embedded roles; `isNew` when this start made them. */
  kept: { secrets: Secrets; isNew: boolean } | null;
};

/** Secrets as the processes get them. */
export type Keys = {
  NEXTAUTH_SECRET: string;
  ALONGSIDE_SIGNING_KEYS: string;
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: string;
  LEDGER_CLIENT_SECRET: string;
};

const port = z.coerce.number().int().min(1).max(65535);
const raw = z.object({
  PORT: port.default(3000),
  LEDGER_PORT: port.default(3001),
  DATA_DIR: z.string().default(".data"),
  DIST_DIR: z.string().default(".next"),
  DEMO: z.enum(["", "0", "1"]).default(""),
  DATABASE_URL: z.string().optional(),
  DATABASE_OWNER_URL: z.string().optional(),
  LEDGER_DATABASE_URL: z.string().optional(),
  ALONGSIDE_URL: z.string().optional(),
  LEDGER_URL: z.string().optional(),
});

/** @throws with one sentence that names all that is missing or wrong. */
export async function readSettings(variables: NodeJS.ProcessEnv): Promise<Settings> {
  const given = raw.safeParse(withoutEmpty(variables));
  if (!given.success)
    throw new Failure(
      given.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}.`).join("\n"),
    );
  const values = given.data;
  const { DATABASE_URL: runtimeUrl, DATABASE_OWNER_URL: ownerUrl } = values;
  const isOwn = runtimeUrl !== undefined || ownerUrl !== undefined;
  const signOn = requireSignOn(variables);
  const isDemo = values.DEMO === "1" || (!isOwn && !signOn);
  const dataDir = resolve(values.DATA_DIR);
  const ledger = values.LEDGER_DATABASE_URL ?? null;

  const missing = isOwn ? ["DATABASE_URL", "DATABASE_OWNER_URL"] : [];
  if (isOwn && !isDemo) missing.push(...secretNames(ledger !== null));
  const absent = missing.filter((name) => !variables[name]);
  if (absent.length > 0)
    throw new Failure(
      `With a database of your own, set ${absent.join(", ")} too. Nothing was started.`,
    );

  const kept = isDemo || !isOwn ? await keptSecrets(dataDir, isDemo ? "demo" : "company") : null;
  return {
    isDemo,
    database: runtimeUrl && ownerUrl ? { runtimeUrl, ownerUrl } : null,
    ledgerDatabaseUrl: ledger,
    dataDir,
    distDir: values.DIST_DIR,
    port: values.PORT,
    ledgerPort: values.LEDGER_PORT,
    alongsideUrl: values.ALONGSIDE_URL ?? `http://localhost:${values.PORT}`,
    ledgerUrl: values.LEDGER_URL ?? `http://127.0.0.1:${values.LEDGER_PORT}`,
    keys: keysFrom(kept?.secrets ?? null, variables),
    signOn,
    slack: requireSlack(variables),
    outside: outsideOf(variables),
    kept,
  };
}

/** A mail server without an address to send from sends nothing: said before anything starts. */
function outsideOf(variables: NodeJS.ProcessEnv): Record<string, string> {
  if (variables.SMTP_URL && !variables.MAIL_FROM)
    throw new Failure("With SMTP_URL, set MAIL_FROM too. Nothing was started.");
  const names = ["SMTP_URL", "MAIL_FROM", "WEBHOOK_PRIVATE"];
  return Object.fromEntries(
    names.flatMap((name) => (variables[name] ? [[name, variables[name]]] : [])),
  );
}

/** Half of a sign-on is none: who meant to have one is told, and nothing starts. */
function requireSignOn(variables: NodeJS.ProcessEnv): SignOn | null {
  const read = readSignOn(variables);
  if ("signOn" in read) return read.signOn;
  const faults = read.faults.map(({ name, message }) => `${name} ${message}`).join("; ");
  throw new Failure(`The sign-on is not whole: ${faults}. Nothing was started.`);
}

/** The same of a Slack app. */
function requireSlack(variables: NodeJS.ProcessEnv): SlackSettings | null {
  const read = readSlack(variables);
  if ("slack" in read) return read.slack;
  const faults = read.faults.map(({ name, message }) => `${name} ${message}`).join("; ");
  throw new Failure(`The Slack app is not whole: ${faults}. Nothing was started.`);
}

const secretNames = (withLedger: boolean): string[] => [
  "NEXTAUTH_SECRET",
  "ALONGSIDE_SIGNING_KEYS",
  "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
  ...(withLedger ? ["LEDGER_CLIENT_SECRET"] : []),
];

/** What the environment gives wins over what was generated. */
function keysFrom(secrets: Secrets | null, variables: NodeJS.ProcessEnv): Keys {
  const made: Partial<Keys> = secrets
    ? {
        NEXTAUTH_SECRET: secrets.authSecret,
        ALONGSIDE_SIGNING_KEYS: JSON.stringify(secrets.signingKeys),
        NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secrets.actionsKey,
        LEDGER_CLIENT_SECRET: secrets.ledgerClientSecret,
      }
    : {};
  const take = (name: keyof Keys) => variables[name] || made[name] || "";
  return {
    NEXTAUTH_SECRET: take("NEXTAUTH_SECRET"),
    ALONGSIDE_SIGNING_KEYS: take("ALONGSIDE_SIGNING_KEYS"),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: take("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"),
    LEDGER_CLIENT_SECRET: take("LEDGER_CLIENT_SECRET"),
  };
}

const withoutEmpty = (variables: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
