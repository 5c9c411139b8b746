import { join } from "node:path";
import { signOnVariables } from "../sign-on-settings.ts";
import { slackVariables } from "../slack-settings.ts";
import type { ChildOptions } from "./child.ts";
import type { Databases } from "./databases.ts";
import type { Settings } from "./settings.ts";

/** What runs beside each other, each with the settings that it needs and no other secret. */
export function childrenOf(
  settings: Settings,
  databases: Databases,
  say: (line: string) => void,
): ChildOptions[] {
  const { keys, isDemo } = settings;
  const log = (name: string) => (isDemo ? join(settings.dataDir, "logs", `${name}.log`) : null);
  const system = pick(process.env, ["PATH", "HOME", "LANG", "TMPDIR", "NODE_EXTRA_CA_CERTS"]);
  const alongside = {
    ...system,
    ...pick(process.env, ["TRUSTED_PROXIES"]),
    ...settings.outside,
    DATABASE_URL: databases.runtimeUrl,
    PORT: String(settings.port),
    ALONGSIDE_URL: settings.alongsideUrl,
    NEXTAUTH_URL: settings.alongsideUrl,
    NEXTAUTH_SECRET: keys.NEXTAUTH_SECRET,
    ALONGSIDE_SIGNING_KEYS: keys.ALONGSIDE_SIGNING_KEYS,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: keys.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,
    LEDGER_URL: settings.ledgerUrl,
    DIST_DIR: settings.distDir,
    DEMO: isDemo ? "1" : "",
    ...slackVariables(settings.slack),
  };
  const panel = {
    name: "The panel",
    script: "lib/platform/boot/panel.ts",
    env: { ...alongside, ...signOnVariables(settings.signOn) },
  };
  const worker = { name: "The worker", script: "lib/platform/boot/worker.ts", env: alongside };
  const children = [
    { ...panel, logFile: log("panel"), say },
    { ...worker, logFile: log("worker"), say },
  ];
  if (!databases.ledgerUrl) return children;
  const ledgerEnv = {
    ...system,
    LEDGER_DATABASE_URL: databases.ledgerUrl,
    LEDGER_PORT: String(settings.ledgerPort),
    LEDGER_URL: settings.ledgerUrl,
    LEDGER_CLIENT_ID: "ledger",
    LEDGER_CLIENT_SECRET: keys.LEDGER_CLIENT_SECRET,
    ALONGSIDE_URL: settings.alongsideUrl,
  };
  const ledger = { name: "Ledger", script: "examples/ledger/server.ts", env: ledgerEnv };
  return [...children, { ...ledger, logFile: log("ledger"), say }];
}

const pick = (variables: NodeJS.ProcessEnv, names: string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (variables[name] ? [[name, variables[name]]] : [])));
