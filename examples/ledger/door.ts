import { alongside } from "#sdk/express.ts";
import { env } from "./env.ts";
import { noticePage } from "./pages/notice.ts";
import { denied, routes } from "./routes.ts";

/** How support stands in for a customer. */
export const door = alongside({
  issuer: env.alongsideUrl,
  clientId: env.clientId,
  clientSecret: env.clientSecret,
  publicUrl: env.url,
  product: "Ledger",
  page: noticePage,
  routes,
  denied,
});
