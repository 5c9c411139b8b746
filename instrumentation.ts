import type { Instrumentation } from "next";
import { faultOf } from "#lib/platform/fault.ts";
import { log } from "#lib/platform/log.ts";
import { noteOutOfReach } from "#lib/platform/out-of-reach.ts";

/** Errors that a page or handler threw: on record in the log with the digest that the person sees, never the data. */
export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  const { routePath: route, routeType: kind } = context;
  log().error({ fault: faultOf(error), method: request.method, route, kind }, "request failed");
  noteOutOfReach(error);
};
