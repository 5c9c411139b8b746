import { fromLedger, throughTheDoor } from "#e2e/fixtures/door.ts";
import { form, formType } from "#e2e/fixtures/http.ts";
import { invoiceOf, stateOf } from "#e2e/fixtures/ledger.ts";
import { actionsOf } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const halvor = "halvor@ardentloom.test";
const verbs = ["POST", "PUT", "PATCH", "DELETE", "PROPPATCH", "MKCOL", "LOCK", "PURGE", "QUERY"];

test("while looking, no verb and no override of one writes; each try is on record", async ({
  caller,
  databases: { owner, ledger },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, halvor));
  const cookie = await throughTheDoor(agent, sid);
  const path = `/invoices/${await invoiceOf(ledger, halvor)}`;
  const before = await stateOf(ledger, halvor);
  const tries: [string, string, { headers?: Record<string, string>; body?: string }][] = [];
  for (const verb of verbs) tries.push([verb, path, {}]);
  for (const [name, value] of [
    ["x-http-method-override", "PUT"],
    ["x-http-method", "DELETE"],
    ["x-method-override", "PATCH"],
    ["x-http-method-override", "GET"],
  ] as const)
    tries.push(["GET", path, { headers: { [name]: value } }]);
  tries.push(
    ["GET", path, { headers: { "x-http-method-override": "", "x-http-method": "POST" } }],
    ["GET", `${path}?_method=DELETE`, {}],
    ["GET", `${path}?_method=&_method=DELETE`, {}],
    ["POST", path, { headers: formType, body: form({ _method: "GET", note: "x" }) }],
    ["POST", path, { headers: formType, body: "_method=&_method=get&note=x" }],
    ["POST", `${path}/paid`, { headers: formType, body: "" }],
    ["POST", "/invoices", { headers: formType, body: form({ note: "x" }) }],
    ["POST", "/nowhere/declared", { headers: formType, body: "" }],
    ["POST", "/settings", { headers: formType, body: form({ name: "Evil" }) }],
    ["GET", "/reports/invoices.csv", {}],
    ["HEAD", "/reports/invoices.csv", {}],
    ["GET", "/Reports//invoices.csv/", {}],
    ["GET", "/clients/export.csv", {}],
    ["HEAD", "/clients/export.csv", {}],
    ["GET", `${path}/share`, {}],
    ["HEAD", `${path}/share`, {}],
    ["GET", `/INVOICES/${path.split("/").at(-1)}//Share/`, {}],
    ["POST", `${path}/links/lnk_1/stop`, { headers: formType, body: "" }],
    ["POST", "/clients", { headers: formType, body: form({ name: "x", email: "a@b.test" }) }],
    ["POST", "/clients/cli_1", { headers: formType, body: form({ name: "x" }) }],
    ["POST", "/clients/cli_1/archive", { headers: formType, body: "" }],
    ["POST", "/clients/cli_1/restore", { headers: formType, body: "" }],
    ["PUT", "/clients/search", {}],
    ["POST", "/clients/search?_method=DELETE", { headers: formType, body: form({ search: "x" }) }],
    ["POST", "/recurring", { headers: formType, body: form({ every: "month" }) }],
    ["POST", "/recurring/rec_1", { headers: formType, body: form({ every: "month" }) }],
    ["POST", "/recurring/rec_1/pause", { headers: formType, body: "" }],
    ["POST", "/recurring/rec_1/resume", { headers: formType, body: "" }],
    ["POST", "/recurring/rec_1/next", { headers: formType, body: "" }],
    ["POST", "/activity/stream", { headers: formType, body: "" }],
  );
  for (const [method, to, sent] of tries) {
    const what = `${method} ${to} ${JSON.stringify(sent)}`;
    const answer = await fromLedger(cookie, to, { method, ...sent });
    expect(answer.status, what).toBe(403);
    expect(answer.headers["content-type"] ?? "", what).not.toContain("csv");
    expect(answer.text, what).not.toMatch(/\n\s+at |node_modules/);
  }
  expect(await stateOf(ledger, halvor)).toBe(before);
  const actions = await actionsOf(owner, sid);
  expect(actions.map(({ phase }) => phase)).toEqual(Array(tries.length).fill("refused"));
  expect(new Set(actions.map(({ refusal }) => refusal))).toEqual(
    new Set(["scope", "undeclared", "export"]),
  );
});
