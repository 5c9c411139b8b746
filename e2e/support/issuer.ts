import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import express from "express";
import { exportJWK, generateKeyPair } from "jose";
import { type Configuration, Provider } from "oidc-provider";
import { freePort } from "#db/embedded/port.ts";

/** Somebody whom the issuer knows; `null` leaves the claim out, as some issuers do. */
export type Account = {
  sub: string;
  email: string;
  email_verified?: boolean | null;
  name?: string;
  groups?: string[];
};

export type IssuerOptions = {
  clientId: string;
  clientSecret: string;
  /** Of the panel, which is the one client. */
  panelUrl: string;
  /** A real issuer may live under a path: "/tenant". */
  path?: string;
  authMethod?: "client_secret_basic" | "client_secret_post";
  algorithm?: "RS256" | "ES256";
  /** Whether it offers to end its own session: `end_session_endpoint`. */
  endsSessions?: boolean;
};

export type Issuer = {
  url: string;
  /** Who may sign in there, by e-mail; a test adds whom it needs. */
  accounts: Map<string, Account>;
  provider: Provider;
  /** How it says that it asked people, where it was asked to say so; null: it does not say. */
  how: { acr: string | null };
  stop: () => Promise<void>;
  /** Listens again after `stop`. */
  start: () => Promise<void>;
};

/**
 * A real OpenID Connect issuer on loopback, certified software with a sign-in page of ours: the e-mail is the account,
 * there is no password. It tells the panel by the back channel when its own session ends.
 */
export async function startIssuer(options: IssuerOptions): Promise<Issuer> {
  const port = await freePort();
  const accounts = new Map<string, Account>();
  const how: Issuer["how"] = { acr: null };
  const url = `http://127.0.0.1:${port}${options.path ?? ""}`;
  const provider = new Provider(url, await configuration(options, accounts));
  const app = express();
  const ownPath = options.path ?? "/";
  app.use(
    ownPath,
    express.Router().all("/interaction/:uid", (request, response, next) => {
      interaction(provider, { accounts, how }, request, response).catch(next);
    }),
  );
  app.use(ownPath, provider.callback());
  const server = createServer(app);
  const start = () =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => resolve());
    });
  await start();
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, accounts, provider, how, stop, start };
}

async function configuration(
  options: IssuerOptions,
  accounts: Map<string, Account>,
): Promise<Configuration> {
  const algorithm = options.algorithm ?? "RS256";
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: "e2e", alg: algorithm, use: "sig" };
  return {
    jwks: { keys: [key] },
    clients: [
      {
        client_id: options.clientId,
        client_secret: options.clientSecret,
        redirect_uris: [`${options.panelUrl}/api/auth/callback/company`],
        post_logout_redirect_uris: [`${options.panelUrl}/sign-in`],
        backchannel_logout_uri: `${options.panelUrl}/api/auth/backchannel-logout`,
        backchannel_logout_session_required: true,
        token_endpoint_auth_method: options.authMethod ?? "client_secret_basic",
        id_token_signed_response_alg: algorithm,
      },
    ],
    cookies: { keys: ["e2e"] },
    conformIdTokenClaims: false,
    acrValues: ["pwd", "mfa"],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: options.endsSessions ?? true,
        logoutSource: (ctx, form) => {
          ctx.body = page(
            "Sign out",
            `${form}<button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>`,
          );
        },
      },
    },
    interactions: { url: (_ctx, { uid }) => `${options.path ?? ""}/interaction/${uid}` },
    // Its only client is the company's own: nobody is asked whether it may know them.
    loadExistingGrant: async (ctx) => {
      const { client, session, params } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new ctx.oidc.provider.Grant({
        accountId: session.accountId,
        clientId: client.clientId,
      });
      grant.addOIDCScope(String(params?.scope ?? "openid"));
      await grant.save();
      return grant;
    },
    findAccount: (_ctx, sub) => {
      const account = [...accounts.values()].find((one) => one.sub === sub);
      if (!account) return undefined;
      const { email, email_verified = true, name, groups } = account;
      const verified = email_verified === null ? {} : { email_verified };
      return {
        accountId: sub,
        claims: () => ({ sub, email, name, ...(groups && { groups }), ...verified }),
      };
    },
    // The panel is on loopback too, where it would send nothing by itself.
    fetch: (address, { body, headers, method, redirect, signal } = {}) =>
      fetch(address, {
        ...(method && { method }),
        ...(headers && { headers }),
        ...(body && { body }),
        ...(redirect && { redirect }),
        ...(signal && { signal }),
      }),
    ttl: { Session: 86_400, Grant: 86_400, Interaction: 600, IdToken: 600, AccessToken: 600 },
    pkce: { required: () => true },
  };
}

async function interaction(
  provider: Provider,
  { accounts, how }: Pick<Issuer, "accounts" | "how">,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response);
  if (request.method === "GET") {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      page(
        "Sign in to Acme",
        `<form method="post"><label>E-mail <input name="email" autofocus></label>
         <button name="answer" value="yes">Continue</button><button name="answer" value="no">Cancel</button></form>`,
      ),
    );
    return;
  }
  const sent = new URLSearchParams(await textOf(request));
  const account = accounts.get(sent.get("email") ?? "");
  const result =
    sent.get("answer") === "yes" && account
      ? { login: { accountId: account.sub, ...(how.acr && { acr: how.acr }) } }
      : { error: "access_denied", error_description: "The person went back" };
  await provider.interactionFinished(request, response, result, {
    mergeWithLastSubmission: false,
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>${body}</html>`;
