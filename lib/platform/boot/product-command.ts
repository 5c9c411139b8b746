import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { z } from "zod";
import { Failure } from "#db/failure.ts";
import { addProduct, type Registered } from "#lib/directory/add-product.ts";
import { changeProduct, rotateSecret } from "#lib/directory/change-product.ts";
import {
  addProductSchema,
  changeProductSchema,
  rotateSecretSchema,
} from "#lib/directory/product-schemas.ts";
import { listProducts } from "#lib/directory/products.ts";
import type { SystemActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";

const usage = `npm run product -- list
npm run product -- add CLIENT_ID --name NAME --origin URL [--environment production|staging|demo]
    [--redirect-uri URL]… [--initiate-uri URL] [--public-key FILE]
npm run product -- change CLIENT_ID [--name NAME] [--environment …] [--origin URL]
    [--redirect-uri URL]… [--initiate-uri URL] [--public-key FILE]
npm run product -- rotate-secret CLIENT_ID [--overlap HOURS]

CLIENT_ID       the id by which the product knows itself: small letters, digits and “-”
--origin        where customers use it, such as https://ledger.example.com
--redirect-uri  where codes are sent, on that origin; by default ORIGIN/alongside/callback
--initiate-uri  where a login starts, on that origin; by default ORIGIN/alongside/login
--public-key    PEM, JWK or JWK set: the product signs (private_key_jwt) and has no secret
--overlap       hours for which the secret before is good too; 24 by default, 0 for none

It acts on the database of DATABASE_OWNER_URL, or on the embedded one of DATA_DIR.`;

const flags = {
  name: { type: "string" },
  environment: { type: "string" },
  origin: { type: "string" },
  "redirect-uri": { type: "string", multiple: true },
  "initiate-uri": { type: "string" },
  "public-key": { type: "string" },
  overlap: { type: "string" },
  help: { type: "boolean" },
} as const;

const allowed: Record<string, readonly (keyof typeof flags)[]> = {
  list: [],
  add: ["name", "environment", "origin", "redirect-uri", "initiate-uri", "public-key"],
  change: ["name", "environment", "origin", "redirect-uri", "initiate-uri", "public-key"],
  "rotate-secret": ["overlap"],
};

const flagOf: Record<string, string> = {
  clientId: "CLIENT_ID",
  redirectUris: "--redirect-uri",
  initiateLoginUri: "--initiate-uri",
  publicKeys: "--public-key",
  overlapHours: "--overlap",
};

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: flags, allowPositionals: true });
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

/**
 * What `npm run product -- …` is to do, all of it checked; performed, it gives what to print.
 * @throws Failure with the words for what is wrong, or the usage.
 */
export async function productCommand(args: string[]): Promise<Perform> {
  const { values, positionals } = parsed(args);
  if (values.help) return async () => usage;
  const [command = "", clientId, ...rest] = positionals;
  const may = allowed[command];
  if (!may || rest.length > 0 || (command === "list") !== (clientId === undefined))
    throw new Failure(usage);
  const stray = Object.keys(values).find((flag) => !may.some((name) => name === flag));
  if (stray) throw new Failure(`--${stray} is not for ${command}.\n\n${usage}`);
  return performing(command, { clientId, ...(await inputOf(values)) }, values.overlap);
}

async function inputOf(values: ReturnType<typeof parsed>["values"]) {
  const file = values["public-key"];
  const publicKeys =
    file === undefined
      ? undefined
      : await readFile(file, "utf8").catch(() => {
          throw new Failure(`${file} cannot be read.`);
        });
  return {
    name: values.name,
    environment: values.environment,
    origin: values.origin,
    redirectUris: values["redirect-uri"],
    initiateLoginUri: values["initiate-uri"],
    publicKeys,
  };
}

type Perform = (ctx: Ctx<SystemActor>) => Promise<string>;

async function performing(
  command: string,
  input: Awaited<ReturnType<typeof inputOf>> & { clientId: string | undefined },
  overlap = "24",
): Promise<Perform> {
  switch (command) {
    case "add": {
      const { origin } = input;
      const product = await checked(addProductSchema, {
        ...input,
        environment: input.environment ?? "production",
        redirectUris: input.redirectUris ?? [`${origin}/alongside/callback`],
        initiateLoginUri: input.initiateLoginUri ?? `${origin}/alongside/login`,
      });
      return async (ctx) => told(good(await addProduct(ctx, product)), "is registered");
    }
    case "change": {
      const change = await checked(changeProductSchema, input);
      return async (ctx) => {
        const { name, changes } = good(await changeProduct(ctx, change));
        const fields = changes.map(({ field }) => field).join(", ");
        return fields ? `${name}: ${fields} changed.` : `${name} is like that already.`;
      };
    }
    case "rotate-secret": {
      const { clientId } = input;
      const rotation = await checked(rotateSecretSchema, { clientId, overlapHours: overlap });
      const until = rotation.overlapHours;
      const words = `has a new secret; ${until ? `the one before is good for ${until} h more` : "the one before is void"}`;
      return async (ctx) => told(good(await rotateSecret(ctx, rotation)), words);
    }
    default:
      return async ({ db }) => {
        const all = await listProducts(db);
        return all.length > 0 ? all.map(line).join("\n") : "No product is registered.";
      };
  }
}

async function checked<S extends z.ZodType>(schema: S, input: unknown): Promise<z.output<S>> {
  const result = await schema.safeParseAsync(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => {
    const field = String(path[0]);
    return `${flagOf[field] ?? `--${field}`} ${message.startsWith("Invalid input") ? "is missing" : message}.`;
  });
  throw new Failure([...new Set(faults)].join("\n"));
}

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Failure(result.error.message);
  return result.value;
}

/** In the form of an environment file, so that it need not be typed. */
const told = ({ clientId, name, secret }: Registered, words: string): string =>
  [
    `${name} ${words}.`,
    "",
    `ALONGSIDE_CLIENT_ID=${clientId}`,
    ...(secret
      ? [`ALONGSIDE_CLIENT_SECRET=${secret}`, "", "The secret is not shown again: keep it now."]
      : ["", "It signs with its private key (private_key_jwt)."]),
    "How to go on: docs/connect.md",
  ].join("\n");

const line = (product: Awaited<ReturnType<typeof listProducts>>[number]): string =>
  [
    `${product.clientId}  ${product.name}, ${product.environment}, ${product.signs ? "signs" : "has a secret"}`,
    `    origin        ${product.origin}`,
    ...product.redirectUris.map((uri) => `    redirect URI  ${uri}`),
    `    initiate URI  ${product.initiateLoginUri}`,
    ...(product.previousSecretUntil && product.previousSecretUntil > new Date()
      ? [`    the secret before is good until ${product.previousSecretUntil.toISOString()}`]
      : []),
  ].join("\n");
