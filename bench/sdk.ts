import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { freePort } from "#db/embedded/port.ts";
import { newId } from "#lib/kernel/ids.ts";
import { createAlongside } from "#sdk/core/alongside.ts";
import { verify } from "#sdk/core/issuer.ts";
import type { Bench, BenchCtx } from "./bench.ts";
import { compared, figure } from "./figure.ts";
import { answersPerSecond } from "./load.ts";
import { interleaved, median, throughput } from "./measure.ts";

const options = {
  // Nothing answers there: what is measured asks nobody.
  issuer: "http://127.0.0.1:9",
  clientId: "ledger",
  clientSecret: "bench",
  publicUrl: "http://127.0.0.1:3001",
  product: "Ledger",
};

/** What a product pays for the SDK: for a token, and for every request of a customer who is themselves. */
export const sdk: Bench = {
  name: "sdk",
  about:
    "The SDK's check of a token against bare `jose` with the same demands; the demo product's list of invoices for a signed-in customer, with the SDK's middleware and without, 16 clients.",
  async *run(ctx) {
    const full = ctx.size === "full";
    const rounds = full ? 100 : 1;
    const { settings } = createAlongside(options);
    const { token, keys } = await aToken();
    const count = full ? 100 : 20;
    const rates = await interleaved(rounds, {
      ours: () => throughput(1, count, () => verify(token, keys, settings)),
      bare: () =>
        throughput(1, count, () =>
          jwtVerify(token, keys, {
            issuer: options.issuer,
            audience: options.publicUrl,
            typ: "at+jwt",
            algorithms: ["ES256"],
          }),
        ),
    });
    yield compared("local verification of a token", "/s", rates.ours, rates.bare, {
      atLeast: 0.9,
    });

    const core = createAlongside(options);
    const url = `${options.publicUrl}/invoices`;
    const headers = new Headers({ cookie: `ledger=${newId()}`, accept: "text/html" });
    const request = new Request(url, { headers });
    const ask = {
      method: "GET",
      path: "/invoices",
      query: new URLSearchParams(),
      headers,
      ip: null,
    };
    const calls = await interleaved(rounds, {
      judged: () =>
        throughput(1, count * 10, async () => {
          if ((await core.own(request)) !== null) throw new Error("That is no route of the SDK");
          if ((await core.judge(ask)).kind !== "pass") throw new Error("Nobody stands in");
        }),
    });
    yield figure("a customer's own request, in process", "µs", 1e6 / median(calls.judged));

    yield* ledger(ctx, full ? 20 : 1);
  },
};

async function* ledger(ctx: BenchCtx, rounds: number) {
  const [withSdk = "", without = "", stop] = await startLedger(ctx);
  try {
    const headers = { cookie: await signIn(withSdk) };
    const load = {
      method: "GET",
      path: "/invoices",
      headers,
      clients: 16,
      seconds: 1,
      holds: "INV-",
    } as const;
    const rates = await interleaved(rounds, {
      withSdk: () => answersPerSecond({ ...load, url: withSdk }),
      without: () => answersPerSecond({ ...load, url: without }),
    });
    const { withSdk: values, without: limits } = rates;
    yield compared("the demo product, nobody standing in", "/s", values, limits, {
      atLeast: 0.95,
    });
  } finally {
    stop();
  }
}

async function aToken() {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: "bench", alg: "ES256", use: "sig" };
  const token = await new SignJWT({
    client_id: options.clientId,
    act: { sub: newId(), name: "Teodora Quill" },
    sid: newId(),
    scope: "read",
    account: "acc_91TLWF",
    reason_category: "bug",
  })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "bench" })
    .setIssuer(options.issuer)
    .setAudience(options.publicUrl)
    .setSubject("usr_7QK2M9")
    .setJti(newId())
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(pair.privateKey);
  return { token, keys: createLocalJWKSet({ keys: [jwk] }) };
}

/** In a process of its own, as it runs: what it costs must not hide behind what the load costs. */
async function startLedger(ctx: BenchCtx): Promise<[string, string, () => void]> {
  const port = await freePort();
  const child = fork(join(import.meta.dirname, "ledger.ts"), [], {
    execArgv: ["--conditions=react-server"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      LEDGER_DATABASE_URL: await ctx.ledgerDatabase(),
      LEDGER_PORT: String(port),
      LEDGER_CLIENT_SECRET: options.clientSecret,
      ALONGSIDE_URL: options.issuer,
    },
  });
  const [addresses] = await once(child, "message", { signal: AbortSignal.timeout(120_000) });
  const [withSdk, without] = z.tuple([z.url(), z.url()]).parse(addresses);
  return [withSdk, without, () => child.kill()];
}

async function signIn(url: string): Promise<string> {
  const form = { email: "jane.ashdown@tallowfield.test", password: "ledger-demo" };
  const answer = await fetch(`${url}/sign-in`, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { origin: url },
    redirect: "manual",
  });
  const [cookie] = answer.headers.getSetCookie();
  if (!cookie) throw new Error(`Nobody could sign in: ${answer.status}`);
  return cookie.split(";", 1)[0] ?? "";
}
