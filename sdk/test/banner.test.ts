import { expect, test } from "vitest";
import { bannerHtml } from "../banner/html.ts";
import type { Impersonation } from "../core/impersonation.ts";

const now = Date.UTC(2026, 10, 24, 10, 31, 10);
const jane: Impersonation = {
  sid: "S-41128",
  actor: { id: "staff_1", name: "Teodora <Quill>" },
  subject: { id: "usr_7QK2M9", name: "Jane Ashdown" },
  account: { id: "acc_91TLWF", name: "Tallowfield & Clinics" },
  environment: "demo",
  scope: "read",
  reason: { category: "bug", label: "Reproduce a fault" },
  ticket: "SUP-4821",
  page: "/invoices/INV-1?tab=2",
  acting: null,
  breakGlass: false,
  reviewBy: null,
  startedAt: new Date(now - 60_000),
  expiresAt: new Date(now + 761_000),
  serverNow: now,
  sessionUrl: null,
  state: "live",
  record: () => {},
};

const words = (html: string) => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

test("says who, as whom, where, why, until when, without script", () => {
  const html = bannerHtml(jane);
  expect(words(html)).toContain("Impersonating · looking");
  expect(words(html)).toContain("is looking as Jane Ashdown , Tallowfield &amp; Clinics demo");
  expect(html).toContain("Teodora &lt;Quill&gt;");
  expect(html).toContain("Reproduce a fault · SUP-4821 · every change is refused");
  expect(html).toContain('datetime="PT761S">12:41</time>');
  expect(html).toContain('<form method="post" action="/alongside/end"><button type="submit"');
});

test("acting is another word, colour and warning", () => {
  const html = bannerHtml({ ...jane, scope: "write" });
  expect(html).toContain('data-scope="write"');
  expect(words(html)).toContain("Impersonating · acting");
  expect(html).toContain("<strong>changes are real</strong> and recorded first");
});

test("the last minute says so", () => {
  const html = bannerHtml({ ...jane, expiresAt: new Date(now + 42_000) });
  expect(html).toContain('<small data-when="usual" hidden>');
  expect(html).toContain('<small data-when="last">');
});

test("paused is a state of its own", () => {
  const html = words(bannerHtml({ ...jane, state: "paused" }));
  expect(html).toContain("Impersonating · paused");
  expect(html).toContain("as Jane Ashdown");
  expect(html).not.toContain("is looking");
});

test("names the session that lives beside it", () => {
  expect(bannerHtml(jane, { beside: "Olu Braithe" })).toContain(
    "Olu Braithe’s own session is signed in beside it",
  );
});

test("says in every state that nobody approved a break-glass, and until when it is to be reviewed", () => {
  const broken = { ...jane, breakGlass: true, reviewBy: new Date(now + 86_400_000) };
  const html = words(bannerHtml(broken));
  expect(html).toContain("Break-glass: nobody approved");
  expect(html).toContain("every change is refused · to be reviewed by 25 Nov, 10:31 UTC");
  for (const other of [
    { ...broken, expiresAt: new Date(now + 42_000) },
    { ...broken, state: "paused" } as const,
  ])
    expect(words(bannerHtml(other))).toContain("Break-glass: nobody approved");
  expect(bannerHtml(jane)).not.toContain("Break-glass");
});

test("looking offers to act where that may be asked, and says how it stands once it was", () => {
  const url = "https://alongside.test/sessions/S-1/act?url=https%3A%2F%2Fa.test%2F";
  const acting = (state: "possible" | "waiting" | "granted") =>
    bannerHtml({ ...jane, acting: { state, url } });
  expect(acting("possible")).toContain(`href="${url}"`);
  expect(words(acting("possible"))).toMatch(/Act as Jane Ashdown …/);
  expect(words(acting("waiting"))).toContain("Asked to act as Jane Ashdown");
  expect(words(acting("granted"))).toContain("Start acting as Jane Ashdown");
  expect(bannerHtml(jane)).not.toContain("alongside-act");
});

test("acting offers just looking, by a form that needs no script; a pause offers neither", () => {
  const acting = { ...jane, scope: "write" } as const;
  expect(bannerHtml(acting)).toContain(
    '<form method="post" action="/alongside/look?page=%2Finvoices%2FINV-1%3Ftab%3D2"',
  );
  const url = "https://alongside.test/sessions/S-1/act";
  for (const paused of [acting, { ...jane, acting: { state: "possible", url } as const }]) {
    const html = bannerHtml({ ...paused, state: "paused" });
    expect(html).not.toMatch(/alongside-act|Just look/);
    expect(html).toContain("alongside-end");
  }
});
