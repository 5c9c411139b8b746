import { parseArgs } from "node:util";
import { Ending } from "#lib/platform/boot/ending.ts";
import { chaos } from "./chaos.ts";

/** `npm run chaos -- --rounds 100 --seed 7`: kills what runs, on this machine only, and asks whether all promises hold. */
const { values } = parseArgs({
  options: { rounds: { type: "string", default: "100" }, seed: { type: "string" } },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed))
  throw new Error("Say --rounds and --seed as whole numbers.");

const ending = new Ending();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => ending.abort());

let code = 1;
try {
  const { broken } = await chaos({ rounds, seed, ending, say: (line) => console.log(line) });
  // Where the rounds are told too, so that a log has it at its end.
  for (const promise of broken) console.log(promise);
  code = broken.length > 0 || ending.signal.aborted ? 1 : 0;
} catch (error) {
  console.error(error);
} finally {
  await ending.run();
}
process.exit(code);
