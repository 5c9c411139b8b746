import { createHash, randomBytes } from "node:crypto";
import { v7 } from "uuid";
import { z } from "zod";

/** Time-ordered id (RFC 9562, version 7), made here so that no database feature is needed. */
export const newId = (): string => v7();

export const idSchema = z.uuid();

/** 256 random bits for whatever grants access; only its hash is stored. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

export const hashSecret = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** "R-20618", "S-41128", "F-208", "P-301": how people write the numbers of requests, sessions, findings and proposals. */
export const requestNumber = (n: number): string => `R-${n}`;
export const sessionNumber = (n: number): string => `S-${n}`;
export const findingNumber = (n: number): string => `F-${n}`;
export const proposalNumber = (n: number): string => `P-${n}`;
