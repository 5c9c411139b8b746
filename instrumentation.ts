import type { Instrumentation } from "next";
import { log } from "#lib/platform/log.ts";

/** Errors that a page or handler threw: on record in the log with the digest that the person sees, never the data. */
export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  const { name, digest } = described(error);
  log().error(
    { name, digest, method: request.method, route: context.routePath, kind: context.routeType },
    "request failed",
  );
};

const described = (error: unknown): { name: string; digest?: string } =>
  error instanceof Error
    ? {
        name: error.name,
        ...("digest" in error && typeof error.digest === "string" ? { digest: error.digest } : {}),
      }
    : { name: typeof error };
