// Runs a script of ours: `node lib/platform/boot/node.js script.ts`. Plain JavaScript, so that a Node too old for the
// rest can still say so.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Node ${process.versions.node} is too old: Alongside needs Node 24, or at least 22.18. On Linux \`npm ci\` brings its own, unless optional packages were left out.`,
  );
  process.exit(1);
}
process.argv.splice(1, 1);
await import(pathToFileURL(resolve(process.argv[1])).href);
