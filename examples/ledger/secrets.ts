import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** What is kept of a secret: it is random, so that a plain hash is enough. */
export const hashOf = (secret: string): string =>
  createHash("sha256").update(secret).digest("base64url");

/** `cli_9F3A01BC`: an id of a row, as addresses have it. */
export const newId = (prefix: string): string =>
  `${prefix}_${randomBytes(4).toString("hex").toUpperCase()}`;
