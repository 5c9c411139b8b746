import { relative } from "node:path";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";

/** The one screen of text that a start ends with. */
export function screen(settings: Settings, { hasLedger, home }: Stack): string {
  const folder = shown(settings.dataDir);
  const beside = home && !home.startsWith(settings.dataDir) ? ` and ${home}/` : "";
  const where = [
    ["Panel", settings.alongsideUrl],
    ...(hasLedger ? [["Ledger, the product", settings.ledgerUrl]] : []),
    ["Data", home ? `${folder}/${beside}` : "in your own PostgreSQL"],
    ...(settings.isDemo ? [["Logs", `${folder}/logs/`]] : []),
  ];
  const lines = ["", "Alongside is running.", "", ...table(where)];
  if (settings.isDemo)
    lines.push(
      "",
      "Sign in to the panel as one of these, without a password:",
      "",
      ...table(personas),
      "",
      "Sign in to Ledger as one of its customers would:",
      "",
      ...table([["jane.ashdown@tallowfield.test", "password: ledger-demo"]]),
      "",
      `To try it: sign in as Teodora, search for "Jane", say why, start.`,
      "To look back on two quarters: sign in as Mirela, open Access reviews and Findings.",
    );
  return [...lines, "", "Ctrl-C ends all of it; the data stays.", ""].join("\n");
}

/** As one would type it here. */
function shown(path: string): string {
  const here = relative(process.cwd(), path);
  return here.startsWith("..") ? path : here || ".";
}

const personas = [
  ["Teodora Quill", "agent, Support Europe"],
  ["Nadim Ferrowe", "agent, Support Americas"],
  ["Runa Castellane", "manager, Support Europe"],
  ["Ansel Dray", "manager and agent, Support Americas"],
  ["Mirela Osthoff", "compliance: reads everything, starts nothing"],
  ["Kesi Lindqvaard", "admin"],
  ["Pavo Tindalle", "deactivated: is refused"],
];

function table(rows: string[][]): string[] {
  const width = Math.max(...rows.map(([left = ""]) => left.length)) + 3;
  return rows.map(([left = "", right = ""]) => `  ${left.padEnd(width)}${right}`);
}
