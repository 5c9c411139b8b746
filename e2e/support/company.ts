import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#db/embedded/port.ts";
import { withClient } from "#db/embedded/roles.ts";
import { copyOfTemplate } from "#db/testing/database.ts";
import { type TestServer, testServerSchema } from "#db/testing/server.ts";
import { Ending } from "#lib/platform/boot/ending.ts";
import { readSettings } from "#lib/platform/boot/settings.ts";
import { startStack } from "#lib/platform/boot/stack.ts";
import { type Issuer, type IssuerOptions, startIssuer } from "./issuer.ts";

export type CompanyOptions = Partial<
  Pick<IssuerOptions, "path" | "authMethod" | "algorithm" | "endsSessions">
> & {
  /** More of the panel's environment. */
  env?: Record<string, string>;
};

/** A company that runs Alongside: a panel without demo data, and the issuer that its staff sign in by. */
export type RunningCompany = {
  panelUrl: string;
  runtimeUrl: string;
  ownerUrl: string;
  issuer: Issuer;
  stop: () => Promise<void>;
};

/** An empty database without tables on the run's server; dropped with the run. */
export async function emptyDatabase({ adminUrl, template, owner }: TestServer): Promise<string> {
  const name = `${template}_${randomBytes(5).toString("hex")}`;
  await withClient(adminUrl, (client) =>
    client.query(
      `create database ${name} owner "${owner.name}" template template0
         encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'`,
    ),
  );
  return name;
}

/**
 * Starts panel and worker from the build that the run made, as `npm start` does with an issuer and a database of one's
 * own. Secrets are those of the run's other panel, so that specs mint cookies for both.
 */
export async function startCompany(options: CompanyOptions = {}): Promise<RunningCompany> {
  const panelUrl = `http://localhost:${await freePort()}`;
  const { env: more, ...kind } = options;
  const client = { clientId: "alongside", clientSecret: randomBytes(24).toString("base64url") };
  const issuer = await startIssuer({ ...client, ...kind, panelUrl });
  const variables = {
    OIDC_ISSUER: issuer.url,
    OIDC_CLIENT_ID: client.clientId,
    OIDC_CLIENT_SECRET: client.clientSecret,
    OIDC_NAME: "Acme",
    ...more,
  };
  try {
    const panel = await startPanel(panelUrl, variables);
    const stop = async () => {
      await panel.stop();
      await issuer.stop();
    };
    return { ...panel, issuer, stop };
  } catch (error) {
    await issuer.stop();
    throw error;
  }
}

/** A panel with an empty database that knows the issuer of these variables. */
export async function startPanel(panelUrl: string, variables: Record<string, string>) {
  const server = testServerSchema.parse(JSON.parse(process.env.TEST_SERVER ?? "null"));
  // As empty as one that its start migrates, which every run's own stacks do.
  const { runtimeUrl, ownerUrl } = await copyOfTemplate(server);
  const dataDir = await mkdtemp(join(tmpdir(), "alongside-company-"));
  const settings = await readSettings({
    ...process.env,
    NODE_ENV: "production",
    DEMO: "0",
    DATABASE_URL: runtimeUrl,
    DATABASE_OWNER_URL: ownerUrl,
    DATA_DIR: dataDir,
    DIST_DIR: ".next-test",
    PORT: new URL(panelUrl).port,
    ALONGSIDE_URL: panelUrl,
    ...variables,
  });
  const ending = new Ending();
  const stop = async () => {
    await ending.run();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await startStack(settings, ending, () => {});
    return { panelUrl, runtimeUrl, ownerUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
