import type { Duplex } from "node:stream";
import { securityHeaders } from "../headers.ts";

/** Answers what Node itself could not read as a request: too many headers, or no HTTP at all. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const tooLarge = error.code === "HPE_HEADER_OVERFLOW";
  const headers = [
    ...securityHeaders(),
    ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
    ["cache-control", "no-store"],
    ["connection", "close"],
    ["content-length", "0"],
  ].map(([name, value]) => `${name}: ${value}\r\n`);
  const status = tooLarge ? "431 Request Header Fields Too Large" : "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\n${headers.join("")}\r\n`);
}
