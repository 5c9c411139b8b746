import { z } from "zod";

/*
 * Imported first by every schema that comes into a browser. Zod would try whether it may compile code, which our policy
 * forbids; the browser reports each try, and nothing of ours may look like an attack.
 */
if (typeof window !== "undefined") z.config({ jitless: true });
