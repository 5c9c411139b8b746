/** `zip-stream` has no types of its own. */
declare module "zip-stream" {
  import type { Readable, Transform } from "node:stream";

  export default class ZipStream extends Transform {
    constructor(options: { store: boolean; forceLocalTime: boolean });
    entry(
      source: Buffer | Readable,
      data: { name: string; date: Date; mode: number },
      done: (error: Error | null | undefined) => void,
    ): this;
    finalize(): void;
  }
}
