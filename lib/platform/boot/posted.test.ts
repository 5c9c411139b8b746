import { request } from "node:http";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { ask, form, port, post, seen, serveGated, server } from "./testing.ts";

serveGated();

const action = "7f13f0317c9a715b17df1e3e2adda200f7b5a706c8";
describe("a body", () => {
  it.each([1, 3, 50])("is left whole for Next when it came in %d parts", async (parts) => {
    const fetched = form([
      ["_1_reason", "x".repeat(100_000)],
      ["_1_roles", "agent"],
      ["_1_roles", "manager"],
      ["0", '[{"ok":false,"error":{"code":"invalid"},"values":{"reason":"$$5"}},"$K1"]'],
    ]);
    const sent = { ...post(fetched, { "next-action": action }), parts };
    expect((await seen("/settings", sent)).size).toBe(fetched.length);
    const posted = form([
      [`$ACTION_ID_${action}`, ""],
      ["reason", "x".repeat(100_000)],
    ]);
    expect((await seen("/", { ...post(posted), parts })).size).toBe(posted.length);
  });

  it("of no arguments, as signing out sends it, passes", async () => {
    const headers = { "next-action": action, "content-type": "text/plain;charset=UTF-8" };
    expect((await seen("/", post("[]", headers))).size).toBe(2);
  });

  it.each([
    ["nothing at all", ""],
    ["100,000 brackets", form([["0", "[".repeat(1e5) + "]".repeat(1e5)]])],
    ["half a form", "--b\r\ncontent-disposition: form-da"],
    ["a file", '--b\r\ncontent-disposition: form-data; name="0"; filename="x"\r\n\r\n[]\r\n--b--'],
  ])("that is %s is refused", async (_, body) => {
    const { status, text } = await ask("/", post(body, { "next-action": action }));
    expect(status).toBe(400);
    expect(text).toContain("Nothing was changed.");
  });

  it("that is too long, or does not say how long, is refused on a page alone", async () => {
    const large = "x".repeat(2 << 20);
    const endless = { "transfer-encoding": "chunked", "content-type": "application/json" };
    expect((await ask("/", post(large))).status).toBe(413);
    expect((await ask("/", { method: "POST", headers: endless })).status).toBe(411);
    expect((await ask("/oauthx", post(large))).status).toBe(413);
    for (const path of [
      "/api/v1/sessions/1/actions",
      "/oauth/token",
      "/api/auth/backchannel-logout",
    ]) {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      expect((await seen(path, { method: "POST", headers, body: large })).size).toBe(2 << 20);
      expect((await seen(path, { method: "POST", headers: endless })).size).toBe(0);
    }
  });

  it("of a roster may be as long as a file, and of no other page", async () => {
    const long = (bytes: number) =>
      form([
        ["_1_roster", "x".repeat(bytes)],
        ["0", '[{"ok":null},"$K1"]'],
      ]);
    const sent = (bytes: number) => post(long(bytes), { "next-action": action });
    const roster = "/reviews/2026-q3/population";
    expect((await seen(roster, sent(5 << 20))).size).toBe(long(5 << 20).length);
    expect((await ask(roster, sent(6 << 20))).status).toBe(413);
    for (const path of ["/reviews/2026-q3", "/reviews/2026-q3/population/x", `/x?${roster}`])
      expect((await ask(path, sent(1 << 20))).status, path).toBe(413);
  });

  it("of a directory is given on while it still arrives", async () => {
    const arrived = new Promise<void>((resolve) => {
      server.once("request", (asked) => asked.once("data", () => resolve()));
    });
    const call = request({
      host: "127.0.0.1",
      port,
      path: "/api/v1/directory",
      method: "PUT",
      headers: { "transfer-encoding": "chunked" },
    });
    const answered = new Promise((resolve) => call.on("response", resolve));
    call.write("first");
    await arrived;
    call.end("last");
    await answered;
  });

  it("that is refused before it has ended is answered at once", async () => {
    const got = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () =>
        socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9000000\r\n\r\nx"),
      );
      socket.once("data", (chunk) => {
        resolve(String(chunk));
        socket.destroy();
      });
      socket.on("error", reject);
    });
    expect(got).toMatch(/^HTTP\/1\.1 413 /);
  });
});
