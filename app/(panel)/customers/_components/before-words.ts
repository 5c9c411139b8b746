import type { Reach } from "#lib/staff/rights.ts";
import { givenName } from "../../_words/given-name.ts";
import type { Show } from "./show-params.ts";

/** A person, or an account with all its people. */
export type Customer = { kind: "person" | "account"; id: string; name: string };

/** Of whom the reader may see the past: none but their own, their team's, everybody's. */
type Far = Reach;

/** "Jane", "Northwind": how a sentence goes on about whom it is about. */
const short = ({ kind, name }: Customer): string => (kind === "person" ? givenName(name) : name);

/** The heading of each list, by how far the reader sees. */
export function titleOf(show: Show, of: Customer, far: Far): string {
  const [isPerson, name] = [of.kind === "person", short(of)];
  const own = far === "own";
  switch (show) {
    case "sessions":
      if (own) return isPerson ? `When you stood in for ${name}` : "When you stood in here";
      return isPerson ? `Who stood in for ${name}` : "Who stood in here";
    case "changes":
      if (own) return isPerson ? `What you changed as ${name}` : "What you changed here";
      return isPerson ? `What was changed as ${name}` : "What was changed here";
    case "requests":
      return own ? "Your requests that came to nothing" : "Requests that came to nothing";
  }
}

/** The same where a list is empty, and when something will stand there. Whether others did anything is not said. */
export function noneOf(show: Show, of: Customer, far: Far): { title: string; body: string } {
  const who =
    far === "own" ? "You have" : far === "team" ? "Nobody of your team has" : "Nobody has";
  const at = of.kind === "person" ? `for ${short(of)}` : `at ${short(of)}`;
  switch (show) {
    case "sessions":
      return {
        title: far === "own" ? `You have not stood in ${at} yet` : `${who} stood in ${at} yet`,
        body: `A session stands here as soon as it has ended. ${others[far]}`.trim(),
      };
    case "changes": {
      const as = of.kind === "person" ? `as ${short(of)}` : at;
      return {
        title: far === "own" ? `You have changed nothing ${as}` : `${who} changed anything ${as}`,
        body: `A write stands here as it is made, with what it was before and after. ${others[far]}`.trim(),
      };
    }
    case "requests": {
      const whose = far === "own" ? " of yours" : far === "team" ? " of your team" : "";
      return {
        title: `No request${whose} for ${of.kind === "person" ? short(of) : `anybody at ${short(of)}`} came to nothing`,
        body: `What is denied, taken back or lapses stands here, with the words of who decided. ${others[far]}`.trim(),
      };
    }
  }
}

/** Who sees the rest, whether or not there is any. */
const others: Record<Far, string> = {
  none: "",
  own: "What colleagues do is for their manager and compliance to see.",
  team: "What other teams do is for their managers and compliance to see.",
  all: "",
};
