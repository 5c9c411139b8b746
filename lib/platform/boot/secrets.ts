import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import { z } from "zod";
import { Failure } from "#db/failure.ts";
import { signingKeysSchema } from "#lib/oauth/keys.ts";

const secretsSchema = z.object({
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

/** 256 random bits. */
const random = () => randomBytes(32).toString("base64url");

export async function newSecrets(): Promise<Secrets> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const signingKey = {
    ...(await exportJWK(privateKey)),
    kid: randomUUID(),
    signs_from: new Date().toISOString(),
  };
  return secretsSchema.parse({
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

/** The secrets of this data folder, made at the first start. `isNew`: there were none. */
export async function keptSecrets(dataDir: string): Promise<{ secrets: Secrets; isNew: boolean }> {
  const file = join(dataDir, "secrets.json");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new Failure(`${file} cannot be read (${error.code}).`);
  });
  if (text !== null) return { secrets: parse(text, file), isNew: false };
  const secrets = await newSecrets();
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
