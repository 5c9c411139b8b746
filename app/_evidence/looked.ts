import { headers } from "next/headers";
import { pathHeader } from "#lib/platform/request.ts";

/** Whether a person looks: a prefetch is no look, and draws nothing. */
export const isLooked = async (): Promise<boolean> => (await headers()).has(pathHeader);
