import { sparing } from "#lib/files/sparing.ts";

export type FileAnswer = {
  name: string;
  type: string;
  bytes: AsyncGenerator<Uint8Array>;
};

/**
 * A file as an answer: read as fast as it is taken, never kept, never compressed on the way (`no-transform`: a compressed
 * one would be held back and lose its hash). It has no length beforehand, which Next would not send, so one that broke off has no last chunk.
 */
export function fileAnswer({ name, type, bytes }: FileAnswer): Response {
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
    },
  });
}
