import { connect } from "#db/client.ts";
import { newId } from "#lib/kernel/ids.ts";
import { giveUp } from "./give-up.ts";
import { withOwner } from "./owner.ts";
import { productCommand } from "./product-command.ts";

/** `npm run product`: what products there are, one more, or another secret. */
async function run(): Promise<void> {
  const perform = await productCommand(process.argv.slice(2));
  await withOwner(
    process.env,
    (line) => console.error(`· ${line}`),
    async (ownerUrl) => {
      const { db, pool } = connect(ownerUrl, 1);
      const from = { ip: null, userAgent: "npm run product", requestId: newId() };
      try {
        console.log(await perform({ db, actor: { kind: "system", part: "command" }, ...from }));
      } finally {
        await pool.end();
      }
    },
  );
}

await run().catch(giveUp);
