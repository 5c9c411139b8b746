import type { Router } from "express";
import { expect, test, vi } from "vitest";

vi.stubEnv("LEDGER_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
vi.stubEnv("LEDGER_CLIENT_SECRET", "unused");
vi.stubEnv("ALONGSIDE_URL", "http://localhost:3000");

const { denied, routes } = await import("./door.ts");

async function routers(): Promise<Router[]> {
  const modules = await Promise.all([
    import("./pages/clients.ts"),
    import("./pages/invoice.ts"),
    import("./pages/invoice-list.ts"),
    import("./pages/password.ts"),
    import("./pages/reports.ts"),
    import("./pages/settings.ts"),
    import("./pages/sign-in.ts"),
    import("./pages/support-access.ts"),
  ]);
  return modules.flatMap((module) =>
    Object.values(module).filter((value): value is Router => "stack" in value),
  );
}

test("every form says what it does, or is never open to support", async () => {
  const undeclared: string[] = [];
  for (const layer of (await routers()).flatMap(({ stack }) => stack)) {
    const path = layer.route?.path;
    if (path === undefined || !layer.route?.stack.some(({ method }) => method === "post")) continue;
    const declared = routes.some((rule) => rule.method === "POST" && rule.path === path);
    if (!declared && !denied.some((route) => path.startsWith(route.path))) undeclared.push(path);
  }
  expect(undeclared).toEqual([]);
});

test("what is declared exists", async () => {
  const paths = (await routers()).flatMap(({ stack }) => stack.map(({ route }) => route?.path));
  for (const { path } of [...routes, ...denied]) expect(paths).toContain(path);
});
