import autocannon from "autocannon";

export type Sent = {
  method: "GET" | "POST";
  path: string | (() => string);
  headers?: Record<string, string> | (() => Record<string, string>);
};

type Load = Sent & {
  url: string;
  clients: number;
  seconds: number;
  /** A body of its own for every request. */
  body?: () => string;
  /** What every answer must hold, so that no error is measured as an answer. */
  holds: string;
};

/** Answers a second. @throws when one is not 200 or not what was asked for: a fast refusal is no result. */
export async function answersPerSecond(load: Load): Promise<number> {
  const { url, clients, seconds, method, path, headers, body, holds } = load;
  const { host, port } = new URL(url);
  let wrong: string | null = null;
  const result = await autocannon({
    // By address: names may lead to ::1 first, where nothing listens. What we ask for is still the name.
    url: `http://127.0.0.1:${port}`,
    connections: clients,
    duration: seconds,
    requests: [
      {
        method,
        setupRequest: (request) => ({
          ...request,
          headers: { ...(typeof headers === "function" ? headers() : headers), host },
          path: typeof path === "string" ? path : path(),
          ...(body && { body: body() }),
        }),
        onResponse: (status, text) => {
          if (status !== 200 || !text.includes(holds)) wrong ??= `${status}: ${text.slice(0, 300)}`;
        },
      },
    ],
  });
  if (wrong !== null || result.errors > 0)
    throw new Error(`${path} failed: ${wrong ?? `${result.errors} connections`}`);
  return result.requests.total / result.duration;
}
