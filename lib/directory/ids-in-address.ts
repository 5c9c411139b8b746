import { externalIdSchema } from "./schemas.ts";

/** More than that is no page that somebody looks at. */
const mostIds = 24;

/** The word before an id, or the name of a parameter, that says that what follows is a person or a customer. */
const naming =
  /^(user|member|person|people|customer|client|contact|subject|account|acct|org|organi[sz]ation|team|tenant|workspace|company)s?([_-]?id)?$|^(uid|sub)$/i;

/** The address of a web page that somebody pasted; null for everything else. */
export function pageAddress(text: string): URL | null {
  const typed = text.trim();
  if (!/^https?:\/\/\S+$/i.test(typed) || typed.length > 2000) return null;
  const url = URL.parse(typed);
  return url && !url.username && !url.password ? url : null;
}

/**
 * What in the address of a product's page may be the id, or the e-mail, of whom it is about: a part of the path or the
 * value of a parameter that has both letters and digits, or that follows a word such as "users". So INV-0315 is looked
 * for, and is nobody; 42 is a person after "users/" and nothing after "page=".
 */
export function idsInAddress(url: URL): string[] {
  const found = new Set<string>();
  const take = (said: string, word: string | undefined) => {
    const isNamed = word !== undefined && naming.test(word);
    if (said.includes("@") ? isMail(said) : isId(said, isNamed)) found.add(said.toLowerCase());
  };
  for (const path of [url.pathname, pathIn(url.hash)]) {
    const parts = path.split("/").map(decoded);
    for (const [at, part] of parts.entries()) take(part, parts[at - 1]);
  }
  for (const query of [url.searchParams, new URLSearchParams(url.hash.split("?")[1] ?? "")])
    for (const [name, value] of query) take(value, name);
  return [...found].slice(0, mostIds);
}

const isMail = (said: string): boolean =>
  said.length <= 254 && /^[^\s\p{Cc}\p{Cs}@]+@[^\s\p{Cc}\p{Cs}@]+$/u.test(said);

const isId = (said: string, isNamed: boolean): boolean =>
  externalIdSchema.safeParse(said).success &&
  (isNamed ? !naming.test(said) : said.length > 3 && /\d/.test(said) && /[a-z]/i.test(said));

/** "#/users/usr_7" of an application that keeps its pages behind the sign. */
const pathIn = (hash: string): string => hash.replace(/^#!?/, "").split("?")[0] ?? "";

/** What cannot be decoded is no id. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
