import { z } from "zod";
import { environments } from "#lib/vocabulary.ts";
import { publicKeys } from "./public-keys.ts";

const isLoopback = ({ hostname }: URL): boolean =>
  ["localhost", "127.0.0.1", "[::1]"].includes(hostname);

/** Why this is no address to send anybody to, or null. Compared letter by letter later, so in its one spelling only. */
function faultOfAddress(text: string): string | null {
  if (!URL.canParse(text)) return "is not an address";
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url)))
    return "must be https (http on this machine only)";
  if (url.username || url.password) return "must hold no name and no password";
  if (text.includes("#")) return "must hold no fragment (#)";
  if (text.includes("?")) return "must hold no query (?)";
  if (text.includes("*")) return "must hold no wildcard (*)";
  const canonical = url.pathname === "/" && !text.endsWith("/") ? url.origin : url.href;
  return text === canonical ? null : `must be written as ${canonical}`;
}

const address = z.string().superRefine((text, ctx) => {
  const fault = faultOfAddress(text);
  if (fault) ctx.addIssue({ code: "custom", message: fault });
});

const origin = address.refine((text) => URL.canParse(text) && new URL(text).origin === text, {
  error: "must be an origin: scheme, host and port, without a path",
  abort: true,
});

const addresses = {
  origin,
  redirectUris: z.array(address).min(1, "is missing").max(10, "are more than 10"),
  initiateLoginUri: address,
};

type Addresses = { origin: string; redirectUris: string[]; initiateLoginUri: string };

/** Codes and browsers are sent to the product's own origin only. */
export function foreignAddress({ origin: own, redirectUris, initiateLoginUri }: Addresses) {
  const isForeign = (text: string) => !URL.canParse(text) || new URL(text).origin !== own;
  const redirectUri = redirectUris.find(isForeign);
  if (redirectUri) return { field: "redirectUris", message: `${redirectUri} is not on ${own}` };
  return isForeign(initiateLoginUri)
    ? { field: "initiateLoginUri", message: `${initiateLoginUri} is not on ${own}` }
    : null;
}

const clientIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, "must be 2 to 63 small letters, digits and “-”");

const name = z
  .string()
  .trim()
  .min(1, "is missing")
  .max(80, "is longer than 80 characters")
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, "must hold no control characters");

export const addProductSchema = z
  .object({
    clientId: clientIdSchema,
    name,
    environment: z.enum(environments, `must be ${environments.join(" or ")}`),
    ...addresses,
    /** Text of a file with public keys: the client signs (`private_key_jwt`) instead of keeping a secret. */
    publicKeys: publicKeys.nullable().default(null),
  })
  .superRefine((input, ctx) => {
    const foreign = foreignAddress(input);
    if (foreign) ctx.addIssue({ code: "custom", path: [foreign.field], message: foreign.message });
  });
export type AddProduct = z.infer<typeof addProductSchema>;

export const changeProductSchema = z.object({
  clientId: clientIdSchema,
  name: name.optional(),
  environment: z.enum(environments, `must be ${environments.join(" or ")}`).optional(),
  origin: addresses.origin.optional(),
  redirectUris: addresses.redirectUris.optional(),
  initiateLoginUri: addresses.initiateLoginUri.optional(),
  publicKeys: publicKeys.optional(),
});
export type ChangeProduct = z.infer<typeof changeProductSchema>;

export const rotateSecretSchema = z.object({
  clientId: clientIdSchema,
  /** How long the secret before is good too. */
  overlapHours: z.coerce
    .number("is not a number")
    .int("is not a whole number")
    .min(0, "must be 0 to 720")
    .max(720, "must be 0 to 720"),
});
export type RotateSecret = z.infer<typeof rotateSecretSchema>;
