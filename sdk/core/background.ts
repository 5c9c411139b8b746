/**
 * Whether a page asked for something of its own, a script or a picture, and nobody goes anywhere. Its answer is not seen as a page, so an end must not
 * take the cookie with it: the next page would not know any more what there is to say.
 */
export function inBackground(headers: Headers): boolean {
  const dest = headers.get("sec-fetch-dest");
  if (dest !== null) return !/^(document|frame|iframe)$/.test(dest);
  const accept = headers.get("accept");
  return accept !== null && !/text\/html|\*\/\*/.test(accept);
}

/** Connects by itself, and again whenever it is cut off. */
export function isEventStream(headers: Headers): boolean {
  return /\btext\/event-stream\b/.test(headers.get("accept") ?? "");
}

export function wantsSocket(headers: Headers): boolean {
  return /\bwebsocket\b/i.test(headers.get("upgrade") ?? "");
}
