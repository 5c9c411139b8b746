import { sparing } from "#lib/files/sparing.ts";

export type FileAnswer = {
  name: string;
  type: string;
  bytes: AsyncGenerator<Uint8Array>;
  /** Of the request: Next never reads the answer of somebody who went away while it was made. */
  signal: AbortSignal;
  /** Called once it is at its end, broke off, or nobody takes it any more. */
  onEnd?: () => void;
};

/**
 * A file as an answer: read as fast as it is taken, never kept, never compressed on the way (`no-transform`: a compressed
 * one would be held back and lose its hash). It has no length beforehand, which Next would not send, so one that broke off has no last chunk.
 * Its first piece is made before the answer. @throws what that throws: it is no answer that began and broke off.
 */
export async function fileAnswer(file: FileAnswer): Promise<Response> {
  return new Response(await bodyOf(file), {
    headers: {
      "content-type": file.type,
      "content-disposition": `attachment; filename="${file.name}"`,
      "cache-control": "no-store, no-transform",
    },
  });
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

/** Milliseconds in which a reader has to ask for the next piece, of a file that others wait for. */
const silence = 5 * 60_000;

async function bodyOf({ bytes, signal, onEnd }: FileAnswer): Promise<ReadableStream<Uint8Array>> {
  const spare = sparing();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(timer);
    onEnd?.();
  };
  const next = () =>
    bytes.next().catch((error: unknown) => {
      end();
      throw error;
    });
  const letGo = (controller: Controller, why: unknown) => {
    controller.error(why);
    end();
    void bytes.return(undefined);
  };
  const awaitReader = (controller: Controller) => {
    if (!onEnd) return;
    const late = () => letGo(controller, new Error("Nobody took the next piece"));
    timer = setTimeout(late, silence);
  };
  // Begun in any case, so that it is told where nobody takes it.
  let first: IteratorResult<Uint8Array> | null = await next();
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        awaitReader(controller);
        const leave = () => letGo(controller, signal.reason);
        if (signal.aborted) leave();
        else signal.addEventListener("abort", leave, { once: true });
      },
      pull: async (controller) => {
        clearTimeout(timer);
        const { value, done } = first ?? (await next());
        first = null;
        if (signal.aborted) return;
        if (done) {
          end();
          return controller.close();
        }
        controller.enqueue(value);
        spare(value.length);
        awaitReader(controller);
      },
      cancel: async () => {
        end();
        await bytes.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
