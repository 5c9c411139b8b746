const kept = ["ticket", "url"];

/** The address of the search for this text. What a link from elsewhere brought stays in it. */
export function searchAddress(text: string): string {
  const here = new URLSearchParams(location.search);
  const said = [["q", text], ...kept.map((name) => [name, here.get(name) ?? ""])].flatMap(
    ([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : []),
  );
  return said.length > 0 ? `/?${said.join("&")}` : "/";
}
