import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import { z } from "zod";
import { Failure } from "#db/failure.ts";
import { signingKeysSchema } from "#lib/oauth/keys.ts";

const secretsSchema = z.object({
  /** Whose data is beside them: the two are never mixed. A folder from before there was a choice is the demo's. */
  use: z.enum(["demo", "company"]).default("demo"),
  authSecret: z.string(),
  actionsKey: z.string(),
  signingKeys: signingKeysSchema,
  ledgerClientSecret: z.string(),
  databasePasswords: z.object({
    superuser: z.string(),
    owner: z.string(),
    runtime: z.string(),
    ledger: z.string(),
  }),
});
export type Secrets = z.infer<typeof secretsSchema>;
export type Use = Secrets["use"];

/** 256 random bits. */
const random = () => randomBytes(32).toString("base64url");

export async function newSecrets(use: Use): Promise<Secrets> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const signingKey = {
    ...(await exportJWK(privateKey)),
    kid: randomUUID(),
    signs_from: new Date().toISOString(),
  };
  return secretsSchema.parse({
    use,
    authSecret: random(),
    // AES-256 in plain base64: what Next decodes.
    actionsKey: randomBytes(32).toString("base64"),
    signingKeys: [signingKey],
    ledgerClientSecret: random(),
    databasePasswords: {
      superuser: random(),
      owner: random(),
      runtime: random(),
      ledger: random(),
    },
  });
}

/**
 * The secrets of this data folder, made at the first start. `isNew`: there were none.
 * @throws when its data is of the other use: people without passwords must never come into a company's data.
 */
export async function keptSecrets(
  dataDir: string,
  use: Use,
): Promise<{ secrets: Secrets; isNew: boolean }> {
  const kept = await readSecrets(dataDir);
  if (kept && kept.use !== use) throw new Failure(otherUse(dataDir, kept.use));
  return kept ? { secrets: kept, isNew: false } : makeSecrets(dataDir, use);
}

const otherUse = (dataDir: string, use: Use): string =>
  use === "demo"
    ? `The data in ${dataDir} is the demo's: set DATA_DIR to another folder for your company's. Nothing was started.`
    : `The data in ${dataDir} is your company's, so no demo starts with it: set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET as before, or DATA_DIR to another folder. Nothing was started.`;

/** The secrets of this data folder, whatever its use; null where there are none. */
export async function readSecrets(dataDir: string): Promise<Secrets | null> {
  const file = join(dataDir, "secrets.json");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new Failure(`${file} cannot be read (${error.code}).`);
  });
  return text === null ? null : parse(text, file);
}

export async function makeSecrets(
  dataDir: string,
  use: Use,
): Promise<{ secrets: Secrets; isNew: true }> {
  const file = join(dataDir, "secrets.json");
  const secrets = await newSecrets(use);
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return { secrets, isNew: true };
}

function parse(text: string, file: string): Secrets {
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    throw new Failure(
      `${file} is damaged: restore it, or remove it together with the data beside it.`,
    );
  }
}
