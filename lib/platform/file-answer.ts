export type FileAnswer = {
  name: string;
  type: string;
  bytes: AsyncGenerator<Uint8Array>;
  /** How many bytes there are, where that is known before. */
  length?: number;
};

/** So many bytes are handed over before their memory is asked back. */
const handful = 1 << 20;

/**
 * A file as an answer: read as fast as it is taken, never kept, never compressed on the way (`no-transform`: a compressed
 * one would be held back and lose its hash). One that broke off has no last chunk, or fewer bytes than its length.
 */
export function fileAnswer({ name, type, bytes, length }: FileAnswer): Response {
  let passed = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { value, done } = await bytes.next();
        if (done) return controller.close();
        controller.enqueue(value);
        passed += value.length;
        if (passed < handful) return;
        passed = 0;
        letGo();
      },
      cancel: async () => {
        await bytes.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store, no-transform",
      ...(length === undefined ? {} : { "content-length": String(length) }),
    },
  });
}

/**
 * Pieces of a file are large, and what JavaScript holds of each is small: left alone, V8 collects them only after some
 * hundred MiB. A scavenge is cheaper than the memory: it takes less time than fresh memory does.
 */
const letGo = (): void => void globalThis.gc?.({ type: "minor" });
