import { sparing } from "#lib/files/sparing.ts";

export type FileAnswer = {
  name: string;
  type: string;
  bytes: AsyncGenerator<Uint8Array>;
  /** Called once it is at its end, broke off, or nobody takes it any more. */
  onEnd?: () => void;
};

/** Milliseconds in which a reader has to ask for the next piece, of a file that others wait for. */
const silence = 5 * 60_000;

/**
 * A file as an answer: read as fast as it is taken, never kept, never compressed on the way (`no-transform`: a compressed
 * one would be held back and lose its hash). It has no length beforehand, which Next would not send, so one that broke off has no last chunk.
 */
export function fileAnswer({ name, type, bytes, onEnd }: FileAnswer): Response {
  const spare = sparing();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(timer);
    onEnd?.();
  };
  const awaitReader = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (!onEnd) return;
    timer = setTimeout(() => {
      controller.error(new Error("Nobody took the next piece"));
      end();
      void bytes.return(undefined);
    }, silence);
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start: awaitReader,
      pull: async (controller) => {
        clearTimeout(timer);
        try {
          const { value, done } = await bytes.next();
          if (done) {
            end();
            return controller.close();
          }
          controller.enqueue(value);
          spare(value.length);
          awaitReader(controller);
        } catch (error) {
          end();
          throw error;
        }
      },
      cancel: async () => {
        end();
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
