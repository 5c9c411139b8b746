import { plainText } from "#lib/kernel/typed-text.ts";

/**
 * What is looked for by what was typed or pasted; "" where nobody could be meant. Of "Jane <jane@x.test>",
 * "mailto:jane@x.test?subject=Hi" and "jane @ x.test" the address, of a quoted or bracketed id the id; initials lose their
 * dots: "J. A. Ashdown", "J.A.". Whatever else stands there is meant as it is written.
 */
export function searchedText(q: string): string {
  const text = plainText(q).normalize("NFC").replace(/\s+/gu, " ").trim();
  return withoutDots(bareId(bareAddress(text)));
}

function bareAddress(text: string): string {
  const bracketed = /<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+)\s*>/iu.exec(text)?.[1];
  if (bracketed) return bracketed;
  const link = /^<?mailto:([^?<>\s]+)(?:\?\S*)?>?$/iu.exec(text)?.[1];
  if (link) return decoded(link);
  // Nothing else that would be two words: an address that came with spaces.
  const spaced = /^(\S+) ?@ ?(\S+\.\S+)$/u.exec(text);
  return spaced ? `${spaced[1]}@${spaced[2]}` : text;
}

/** Nobody's id or address begins or ends with these; it was pasted out of a sentence. */
function bareId(text: string): string {
  if (/\s/u.test(text) || !/[@_\d]/u.test(text)) return text;
  return text.replace(/^[<([{"'“”‘’„«»]+|[>)\]}"'“”‘’«».,;:!?]+$/gu, "") || text;
}

/**
 * "J. A. Ashdown", "J.A. Ashdown": a letter with a dot is an initial where a space or nothing follows, a capital also before
 * a name, "J.Ashdown"; "j.ashdown" is how an address begins.
 */
const withoutDots = (text: string): string =>
  text
    .replace(/(?<=^|\s)(?:\p{Lu}\.){1,3}(?=\p{Lu}\p{Ll})/gu, (letters) =>
      letters.replaceAll(".", " "),
    )
    .replace(/(?<=^|\s)(?:\p{L}\.){1,4}(?=\s|$)/gu, (letters) => letters.replaceAll(".", " "))
    .replace(/ +/g, " ")
    .trim();

function decoded(address: string): string {
  try {
    return plainText(decodeURIComponent(address));
  } catch {
    return address;
  }
}
