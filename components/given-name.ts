const addressedWhole = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** What a person is called after the full name has been said: "Jane"; 杉本 みなえ is addressed whole. */
export function givenName(name: string): string {
  const [first = name] = name.split(/\s+/u);
  return addressedWhole.test(name) ? name : first;
}

/** "Jane’s", "James’": whose. */
export const whose = (name: string): string => (/s$/i.test(name) ? `${name}’` : `${name}’s`);
