/** A browser of sorts: keeps the product's cookies, follows nothing by itself. */
export function browser(publicUrl: string) {
  const jar = new Map<string, string>();

  async function visit(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({
      accept: "text/html",
      ...Object.fromEntries(new Headers(init.headers)),
    });
    const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    if (cookies) headers.set("cookie", cookies);
    const url = new URL(path, publicUrl);
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of url.origin === publicUrl ? response.headers.getSetCookie() : []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    return response;
  }

  return {
    jar,
    visit,
    post: (path: string, headers: Record<string, string> = {}, form?: Record<string, string>) =>
      visit(path, {
        method: "POST",
        headers: { origin: publicUrl, ...headers },
        ...(form && { body: new URLSearchParams(form) }),
      }),
    /** The whole way in. Gives the answer of the callback. */
    async enter(issuer: string, target = "/things/1"): Promise<Response> {
      const query = new URLSearchParams({
        iss: issuer,
        login_hint: "S-41128",
        target_link_uri: target,
      });
      const start = await visit(`/alongside/login?${query}`);
      const authorized = await visit(start.headers.get("location") ?? "");
      return visit(authorized.headers.get("location") ?? "");
    },
  };
}
