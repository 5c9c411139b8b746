/** Nothing of ours calls for it: who is signed out is led to the sign-in. Next's own would be sent along with every page. */
export { default, metadata } from "./forbidden.tsx";
