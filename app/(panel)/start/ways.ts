/** The link of a help desk, with placeholders in its braces; docs/help-desk.md says the same. */
export const linkTemplate = (origin: string): string =>
  `${origin}/start?subject={{user.id}}&ticket={{ticket.id}}&url={{page.url}}`;

/**
 * A bookmark that leads here from the page that one is on, with what is marked there as the person. It goes on in the same tab:
 * that is where the session then opens.
 */
export const bookmarklet = (origin: string): string =>
  `javascript:void(location.href='${origin}/start?url='+encodeURIComponent(location.href)+'&subject='+encodeURIComponent(getSelection().toString().trim()))`;
