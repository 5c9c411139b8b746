/** "a desktop browser": as much of a user agent as helps a reader. */
export function browserWords(userAgent: string): string {
  if (!userAgent.startsWith("Mozilla/")) return userAgent.slice(0, 60);
  return /Mobi|Android/.test(userAgent) ? "a mobile browser" : "a desktop browser";
}
