import { getHeapStatistics } from "node:v8";

/** So many bytes are handed over before their memory is asked back. */
const handful = 1 << 20;
/** By so much the heap may grow beyond what is in use. */
const growth = 12 << 20;

/**
 * Keeps a long file from growing the process: to be told of the bytes that went by. What JavaScript holds of each piece is
 * soon of no use, and V8, where the machine has memory, collects it only after some hundred MiB. A scavenge is cheaper than
 * the memory; where what is left after it has grown too, all is collected, which costs a tenth of a second. Without
 * `--expose-gc` it does nothing.
 */
export function sparing(used = () => getHeapStatistics().used_heap_size): (bytes: number) => void {
  let inUse = used();
  let passed = 0;
  return (bytes) => {
    passed += bytes;
    if (passed < handful || !globalThis.gc) return;
    passed = 0;
    globalThis.gc({ type: "minor" });
    if (used() < inUse + growth) return;
    globalThis.gc({ type: "major" });
    inUse = used();
  };
}
