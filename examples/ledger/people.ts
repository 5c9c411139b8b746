export const roles = ["owner", "admin", "bookkeeper", "member"] as const;
export type Role = (typeof roles)[number];

/** Names as they are read first: 杉本 みなえ is addressed whole, Jane Ashdown as Jane. */
export function givenName(name: string): string {
  const [first = name] = name.split(" ");
  return /^\p{Script=Han}|^\p{Script=Hangul}/u.test(name) ? name : first;
}
