import { seedDemo } from "#db/seed/demo.ts";
import { type KeptDatabase, keptDatabase } from "./database.ts";
import { fillQuarters, type Use } from "./quarters.ts";

/** The demo's staff, policy and product, and eight quarters of use; kept for the next run, as the directory is. */
export const quartersDatabase = (use: Use, say: (line: string) => void): Promise<KeptDatabase> =>
  keptDatabase(
    {
      name: `quarters_${use.sessions}`,
      made: use,
      fill: async ({ ownerUrl, superuserUrl }) => {
        await seedDemo({ ownerUrl, ledgerUrl: "http://127.0.0.1:3001", ledgerClientSecret: "x" });
        await fillQuarters(superuserUrl, use);
      },
    },
    say,
  );
