export { signInAsPersona as POST } from "#lib/platform/persona-sign-in.ts";
