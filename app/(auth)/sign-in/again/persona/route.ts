export { renewPersona as POST } from "#lib/platform/persona-renewal.ts";
