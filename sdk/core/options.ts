import type { Effect } from "./effects.ts";
import type { SessionStore } from "./store.ts";

/** What a product says about one of its routes. `path` is a template such as `/invoices/:number`. */
export type RouteRule = {
  method: string;
  path: string;
  effect: Effect;
  /** Kinds of personal data that the route touches, such as `invoice`. */
  kinds?: readonly string[];
  /** What the route does, as an order: `Change invoice`. Shown when it is refused. */
  name?: string;
  /** What it does it to, from the parameters of the path: `INV-2207`. Never from query or body. */
  resource?: (params: Readonly<Record<string, string>>) => string | undefined;
};

/** Refused in every scope, with everything below it. `name` completes “Nobody can … for somebody else”. */
export type DeniedRoute = { path: string; name: string };

export type AlongsideOptions = {
  /** Where Alongside is: exactly its issuer, without a trailing slash. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Origin of the product as browsers see it. It is the audience of every token. */
  publicUrl: string;
  /** Name of the product, as its customers know it. */
  product: string;
  routes?: readonly RouteRule[];
  denied?: readonly DeniedRoute[];
  /** Static words of paths beyond those in `routes` and `denied`. All others are recorded as `:x`. */
  words?: readonly string[];
  /** Folder of the SDK's own routes. Default `/alongside`. */
  basePath?: string;
  /** Keeps tokens by the id in the cookie. Default: the memory of this process. */
  store?: SessionStore;
  /** How long one answer of Alongside serves reads, in ms from when it was asked. At most 5000. */
  freshMs?: number;
  /** How long the SDK waits for Alongside, in ms. Default 2000. */
  timeoutMs?: number;
  /** Milliseconds since the epoch. */
  now?: () => number;
};

export type Settings = Required<AlongsideOptions> & { secure: boolean };

/** @throws when an address is unusable: better at start than at the first session. */
export function resolve(options: AlongsideOptions, store: SessionStore): Settings {
  const publicUrl = new URL(options.publicUrl).origin;
  const issuer = options.issuer.replace(/\/$/, "");
  if (!URL.canParse(issuer)) throw new Error(`issuer is not an address: ${issuer}`);
  return {
    routes: [],
    denied: [],
    words: [],
    basePath: "/alongside",
    timeoutMs: 2000,
    now: Date.now,
    ...options,
    store: options.store ?? store,
    freshMs: Math.min(options.freshMs ?? 5000, 5000),
    publicUrl,
    issuer,
    secure: publicUrl.startsWith("https:"),
  };
}
