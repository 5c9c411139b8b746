/**
 * Whether the product's own page sent this form. Browsers send Origin with every POST; one that
 * sends neither Origin nor Sec-Fetch-Site, or `Origin: null`, is refused.
 */
export function sameOrigin(headers: Headers, publicUrl: string): boolean {
  const origin = headers.get("origin");
  if (origin !== null) return origin === publicUrl;
  return headers.get("sec-fetch-site") === "same-origin";
}
