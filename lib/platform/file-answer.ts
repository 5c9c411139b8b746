import { sparing } from "#lib/files/sparing.ts";

export type FileAnswer = {
  name: string;
  type: string;
  bytes: AsyncGenerator<Uint8Array>;
  /** How many bytes there are, where that is known before. */
  length?: number;
};

/**
 * A file as an answer: read as fast as it is taken, never kept, never compressed on the way (`no-transform`: a compressed
 * one would be held back and lose its hash). One that broke off has no last chunk, or fewer bytes than its length.
 */
export function fileAnswer({ name, type, bytes, length }: FileAnswer): Response {
  const spare = sparing();
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { value, done } = await bytes.next();
        if (done) return controller.close();
        controller.enqueue(value);
        spare(value.length);
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
