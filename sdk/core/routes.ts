import type { Effect } from "./effects.ts";
import type { DeniedRoute, RouteRule, Settings } from "./options.ts";
import { loosePath, matchPath, type PlainPath, parts } from "./paths.ts";

/** What a browser asks of the product, before any route is chosen. */
export type Ask = {
  method: string;
  /** The path as it was sent, not decoded. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  /** `_method` of a body that was parsed before us. */
  bodyMethod?: string;
  /** A WebSocket of which the product says that nothing which comes in through it changes anything. */
  socketOnlyShows?: boolean;
  ip: string | null;
};

/** What the ask would do, as far as declarations tell. */
export type Meaning = {
  effect: Effect;
  declared: boolean;
  method: string;
  /** The path with every segment that is no declared word as `:x`. */
  route: string;
  name: string | null;
  resource: string | null;
  kinds: readonly string[];
};

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

export type RouteTable = {
  denied(path: PlainPath): DeniedRoute | null;
  meaning(ask: Ask, path: PlainPath): Meaning;
};

export function routeTable(settings: Settings): RouteTable {
  const rules = settings.routes.map((rule) => ({ rule, template: parts(rule.path) }));
  const denied = settings.denied.map((route) => ({ route, template: parts(route.path) }));
  const words = new Set(
    [...rules, ...denied]
      .flatMap(({ template }) => template)
      .concat(settings.words)
      .filter((part) => !part.startsWith(":"))
      .map((part) => part.toLowerCase()),
  );

  function find(method: string, path: PlainPath) {
    const wanted = method === "HEAD" ? "GET" : method;
    for (const { rule, template } of rules) {
      const params = rule.method.toUpperCase() === wanted ? matchPath(template, path) : null;
      if (params) return { rule, params };
    }
    return null;
  }

  return {
    denied(path) {
      const loose = loosePath(path);
      const hits = ({ template }: { template: string[] }) =>
        matchPath(template, path, true) ?? matchPath(template, loose, true);
      return denied.find(hits)?.route ?? null;
    },
    meaning(ask, path) {
      const method = ask.method.toUpperCase();
      const override = overridden(ask);
      const found = (override === null ? null : find(override, path)) ?? find(method, path);
      const route = `/${path.plain.map((word) => (words.has(word) ? word : ":x")).join("/")}`;
      return {
        effect: effectOf(method, override, found?.rule),
        declared: found !== null,
        method: override ?? method,
        route,
        name: found?.rule.name ?? null,
        resource: found?.rule.resource?.(found.params) ?? null,
        kinds: found?.rule.kinds ?? [],
      };
    },
  };
}

/** A method that a header, the query or the body puts in the place of the real one: the first that says anything. */
function overridden(ask: Ask): string | null {
  const values = [
    ask.headers.get("x-http-method-override"),
    ask.headers.get("x-http-method"),
    ask.headers.get("x-method-override"),
    ...ask.query.getAll("_method"),
    ask.bodyMethod,
  ];
  return values.find((value) => value)?.toUpperCase() ?? null;
}

/** An override is a write whatever it says: what the product will make of it is not ours to guess. */
function effectOf(method: string, override: string | null, rule: RouteRule | undefined): Effect {
  const write = override !== null || !safe.has(method);
  if (!write) return rule?.effect ?? "view";
  if (!rule || (override !== null && rule.effect === "view")) return "data";
  return rule.effect;
}
