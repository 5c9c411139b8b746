const givenNameFirst = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** The given name where it comes first; elsewhere the whole name, since guessing which part it is goes wrong. */
export function givenName(name: string): string {
  const [first] = name.trim().split(/\s+/u);
  return first && givenNameFirst.test(first) ? first : name;
}

/** "Teodora’s". */
export const possessive = (name: string): string => `${name}’s`;
