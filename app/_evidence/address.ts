/** An address with these parameters; empty ones are left out. */
export function withQuery(path: string, params: Record<string, string | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value) query.append(name, value);
  return query.size > 0 ? `${path}?${query}` : path;
}
