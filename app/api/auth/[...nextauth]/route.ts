import { authHandler } from "#lib/platform/auth.ts";
import { refuseSignInFlood } from "#lib/platform/sign-in-limit.ts";

type Segments = { params: Promise<{ nextauth: string[] }> };

/** Beginning a sign-in and coming back from one are limited; the rest only reads the own cookie. */
async function handle(request: Request, segments: Segments): Promise<Response> {
  const [step] = (await segments.params).nextauth;
  const refused =
    step === "signin" || step === "callback" ? await refuseSignInFlood(request) : null;
  return refused ?? authHandler(request, segments);
}

export { handle as GET, handle as POST };
