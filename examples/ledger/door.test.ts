import type { Router } from "express";
import { expect, test, vi } from "vitest";
import { matchPath, parts } from "#sdk/core/paths.ts";
import { denied, routes } from "./routes.ts";

vi.stubEnv("LEDGER_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
vi.stubEnv("LEDGER_CLIENT_SECRET", "unused");
vi.stubEnv("ALONGSIDE_URL", "http://localhost:3000");

async function routers(): Promise<Router[]> {
  const modules = await Promise.all([
    import("./pages/activity.ts"),
    import("./pages/api.ts"),
    import("./pages/api-keys.ts"),
    import("./pages/client-list.ts"),
    import("./pages/clients.ts"),
    import("./pages/email.ts"),
    import("./pages/invoice.ts"),
    import("./pages/invoice-list.ts"),
    import("./pages/join.ts"),
    import("./pages/member.ts"),
    import("./pages/password.ts"),
    import("./pages/recurring.ts"),
    import("./pages/reports.ts"),
    import("./pages/settings.ts"),
    import("./pages/share.ts"),
    import("./pages/sign-in.ts"),
    import("./pages/support-access.ts"),
    import("./pages/team.ts"),
    import("./pages/two-factor.ts"),
  ]);
  return modules.flatMap((module) =>
    Object.values(module).filter((value): value is Router => "stack" in value),
  );
}

/** As the door has it: everything below a denied path. */
function isDenied(path: string): boolean {
  const plain = path.split("/").filter((part) => part !== "");
  return denied.some((route) => matchPath(parts(route.path), { plain, segments: plain }, true));
}

test("every route says what it does, or is never open to support", async () => {
  const undeclared: string[] = [];
  for (const { route } of (await routers()).flatMap(({ stack }) => stack)) {
    for (const method of new Set(route?.stack.map((layer) => layer.method.toUpperCase()))) {
      const path = route?.path ?? "";
      const declared = routes.some((rule) => rule.method === method && rule.path === path);
      if (!declared && !isDenied(path)) undeclared.push(`${method} ${path}`);
    }
  }
  expect(undeclared).toEqual([]);
});

test("what is declared exists", async () => {
  const paths = (await routers()).flatMap(({ stack }) => stack.map(({ route }) => route?.path));
  for (const { path } of routes) expect(paths).toContain(path);
  for (const { path } of denied)
    expect(paths.some((one) => one === path || one?.startsWith(`${path}/`))).toBe(true);
});

test("what is denied carries its own guard as well", async () => {
  const { ledgerApp } = await import("./app.ts");
  expect(ledgerApp).toBeTypeOf("function");
  const bare: string[] = [];
  for (const { stack } of await routers()) {
    const guarded = stack.some(({ route, handle }) => !route && handle.name === "guarded");
    for (const { route } of stack) {
      if (!route || !isDenied(route.path) || guarded) continue;
      if (route.stack[0]?.handle.name !== "guarded") bare.push(route.path);
    }
  }
  expect(bare).toEqual([]);
});
