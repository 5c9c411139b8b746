import { z } from "zod";

/** The company's own sign-on: an OpenID Connect issuer, and we as a client of it. */
export type SignOn = {
  /** As it is written in its metadata, with or without a path or a slash at the end. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the button calls it; null: no name. */
  name: string | null;
  scope: string;
  /** Whether an e-mail counts as verified when the issuer does not say; one that it calls unverified never does. */
  trustsEmail: boolean;
  /** The claim of the ID token that names the groups that somebody is in. */
  groupsClaim: string;
};

const loopback = ["localhost", "127.0.0.1", "[::1]"];

const issuer = z.string().superRefine((value, ctx) => {
  const url = URL.parse(value);
  const isSafe =
    url?.protocol === "https:" || (url?.protocol === "http:" && loopback.includes(url.hostname));
  if (!url || !isSafe)
    ctx.addIssue({
      code: "custom",
      message: "is not an https address (http is for loopback only)",
    });
  else if (url.search || url.hash || url.username || value.endsWith("/openid-configuration"))
    ctx.addIssue({
      code: "custom",
      message: "is more than the issuer: leave out query, fragment and /.well-known",
    });
});

const settings = z.object({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: z.string().min(1),
  OIDC_CLIENT_SECRET: z.string().min(1),
  OIDC_NAME: z.string().trim().max(40, "is longer than 40 characters").optional(),
  OIDC_SCOPE: z
    .string()
    .regex(/(^| )openid( |$)/, "does not hold openid")
    .default("openid email profile"),
  OIDC_TRUST_EMAIL: z.enum(["0", "1"], "is neither 0 nor 1").default("0"),
  ALONGSIDE_GROUPS_CLAIM: z
    .string()
    .min(1)
    .max(200, "is longer than 200 characters")
    .default("groups"),
});

/**
 * Reads the sign-on out of the environment: null when none of its variables is set, or each fault as the variable's
 * name and what is wrong with it, never its value.
 */
export function readSignOn(
  variables: Record<string, string | undefined>,
): { signOn: SignOn | null } | { faults: { name: string; message: string }[] } {
  const names = Object.keys(settings.shape);
  const given = Object.fromEntries(
    names.flatMap((name) => (variables[name] ? [[name, variables[name]]] : [])),
  );
  if (Object.keys(given).length === 0) return { signOn: null };
  const parsed = settings.safeParse(given);
  if (!parsed.success)
    return {
      faults: parsed.error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        return { name, message: name in given ? message : "is not set" };
      }),
    };
  const values = parsed.data;
  return {
    signOn: {
      issuer: values.OIDC_ISSUER,
      clientId: values.OIDC_CLIENT_ID,
      clientSecret: values.OIDC_CLIENT_SECRET,
      name: values.OIDC_NAME || null,
      scope: values.OIDC_SCOPE,
      trustsEmail: values.OIDC_TRUST_EMAIL === "1",
      groupsClaim: values.ALONGSIDE_GROUPS_CLAIM,
    },
  };
}

/** The same settings for a child process. */
export const signOnVariables = (signOn: SignOn | null): Record<string, string> =>
  signOn
    ? {
        OIDC_ISSUER: signOn.issuer,
        OIDC_CLIENT_ID: signOn.clientId,
        OIDC_CLIENT_SECRET: signOn.clientSecret,
        OIDC_NAME: signOn.name ?? "",
        OIDC_SCOPE: signOn.scope,
        OIDC_TRUST_EMAIL: signOn.trustsEmail ? "1" : "0",
        ALONGSIDE_GROUPS_CLAIM: signOn.groupsClaim,
      }
    : {};
