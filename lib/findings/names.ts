/** Whose surname comes first. */
const familyFirst = ["hu", "vi"];
const single = /^[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff]$/u;

/**
 * What of a folded name is handed down in a family: its last word, and each part of a double name; for a few languages
 * the first. Of names in ideographs nothing: where the surname ends is not written.
 */
export function surnamesOf(folded: string, lang: string | null): string[] {
  const words = folded.split(" ").filter(Boolean);
  if (words.length < 2 || words.some((word) => single.test(word))) return [];
  const isFirst = familyFirst.some((tag) => lang === tag || lang?.startsWith(`${tag}-`));
  const surname = (isFirst ? words.at(0) : words.at(-1)) ?? "";
  const parts = surname.split(/[-‐–]/).filter((part) => part.length > 2);
  return [...new Set([surname, ...parts])].filter((word) => word.length > 2);
}

/** Domains where anybody may have a mailbox: to share one says nothing. */
const freeMail = new Set(
  `aol.com bluewin.ch btinternet.com fastmail.com free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net
  googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.fr icloud.com laposte.net libero.it live.com mac.com
  mail.com mail.ru mailbox.org me.com msn.com naver.com orange.fr outlook.com outlook.de pm.me posteo.de proton.me
  protonmail.com qq.com rediffmail.com sbcglobal.net seznam.cz sfr.fr t-online.de tutanota.com uol.com.br verizon.net
  wanadoo.fr web.de wp.pl yahoo.co.jp yahoo.co.uk yahoo.com yahoo.de yahoo.fr yandex.com yandex.ru zoho.com 126.com 163.com`.split(
    /\s+/,
  ),
);

/** The domain of a mail address that says where somebody belongs; null for one that says nothing. */
export function domainOf(email: string): string | null {
  const domain = email.split("@").at(-1)?.toLowerCase() ?? "";
  return domain === "" || freeMail.has(domain) ? null : domain;
}
