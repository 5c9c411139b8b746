import { expect, it } from "vitest";
import { mailHtml, mailText } from "./mail-body.ts";
import type { NoticeLink, NoticeMessage } from "./message.ts";

const link = (act: NoticeLink["act"], label: string): NoticeLink => ({
  act,
  label,
  href: "/there",
});
const message = (over: Partial<NoticeMessage> = {}): NoticeMessage => ({
  ...{
    key: "1",
    kind: "test",
    title: "Somebody asks (R-21867)",
    facts: [],
    quote: null,
    links: [],
  },
  ...{ outcome: null, requestId: null, vote: null },
  ...over,
});
const together = (words: string) => `<span style="white-space:nowrap">${words}</span>`;

it("parts no number from its unit, and none of ours from its letter", () => {
  const facts = [{ label: "To", value: "look only, 30 min, the first time in 90 days <b>&" }];
  const html = mailHtml(message({ facts }));
  expect(html).toContain(`Somebody asks (${together("R-21867")})</h1>`);
  expect(html).toContain(
    `look only, ${together("30 min")}, the first time in ${together("90 days")} &lt;b&gt;&amp;</td>`,
  );
  expect(html).toContain("<title>Somebody asks (R-21867)</title>");
});

it("leaves a ticket of theirs and the plain text as they are", () => {
  const said = message({ facts: [{ label: "Ticket", value: "PR-S-12-x, 3 sessions" }] });
  expect(mailHtml(said)).toContain(">PR-S-12-x, 3 sessions</td>");
  expect(mailText(said)).toContain("Ticket: PR-S-12-x, 3 sessions");
});

it("gives both answers of a review the same shape, and what only opens another", () => {
  const links = [
    link("expected", "As expected…"),
    link("closer", "Look closer…"),
    link("open", "Open the session"),
  ];
  const shapes = [...mailHtml(message({ links })).matchAll(/<a href="[^"]*" style="([^"]*)"/g)];
  const [expected, closer, open] = shapes.map(([, style]) => style);
  expect(expected).toContain("border:1px solid");
  expect(closer).toBe(expected);
  expect(open).not.toContain("border");
});
