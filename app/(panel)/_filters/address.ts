export type Params = Record<string, string | readonly string[] | null | undefined>;

/** A page's address with these parameters; empty ones are left out. */
export function address(path: string, params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    for (const text of [value ?? []].flat()) if (text) query.append(name, text);
  return query.size > 0 ? `${path}?${query}` : path;
}
