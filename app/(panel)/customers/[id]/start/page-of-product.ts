/**
 * The page that a link brought, as far as it is one of this product: where the session is to open. A path alone is taken for one
 * of its own. `foreign` is what was said where it is none: to be named, and left out. `ask` checks it again.
 */
export function pageOfProduct(
  said: string | undefined,
  origin: string,
): { target: string; foreign: string } {
  if (!said) return { target: "", foreign: "" };
  const url = URL.parse(said, origin);
  const isOwn = url?.origin === origin && !url.username && !url.password;
  return isOwn ? { target: url.href, foreign: "" } : { target: "", foreign: said };
}
