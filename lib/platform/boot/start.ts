import { once } from "node:events";
import { Ending } from "./ending.ts";
import { giveUp } from "./give-up.ts";
import { screen } from "./screen.ts";
import { seconds } from "./seconds.ts";
import { readSettings } from "./settings.ts";
import { startStack } from "./stack.ts";

const ending = new Ending();
const say = (line: string) => {
  if (!ending.signal.aborted) console.log(`· ${line}`);
};

let isEnding = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    // npm passes on what the terminal sent to the whole group already.
    if (isEnding) return;
    isEnding = true;
    console.log("\nEnding …");
    ending.abort();
  });

try {
  const settings = await readSettings(process.env);
  const stack = await startStack(settings, ending, say, { withHistory: true });
  if (stack.wasCutOff)
    say(`The last run was cut off: all is as it was before, after ${seconds(performance.now())}`);
  console.log(screen(settings, stack));
  if (!ending.signal.aborted) await once(ending.signal, "abort");
} catch (error) {
  if (!isEnding) {
    await ending.run();
    giveUp(error);
  }
}
await ending.run();
process.exit(0);
