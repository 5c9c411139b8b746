import { describe, expect, it } from "vitest";
import { faultsOfMessage, faultsOfView } from "./testing.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const button = (more: object = {}) => ({
  type: "button",
  text: plain("Deny"),
  action_id: "deny",
  ...more,
});
const header = (text: string) => ({ type: "header", text: plain(text) });
const input = { type: "input", label: plain("Why"), element: { type: "plain_text_input" } };
const modal = (more: object = {}) => ({
  type: "modal",
  title: plain("Deny"),
  submit: plain("Deny"),
  blocks: [input],
  ...more,
});

describe("Block Kit's rules", () => {
  it.each<[string, unknown]>([
    ["a header", [header("x".repeat(150))]],
    ["a section of fields", [{ type: "section", fields: Array(10).fill(plain("x".repeat(2000))) }]],
    ["buttons", [{ type: "actions", elements: [button(), button({ action_id: "x" })] }]],
    ["fifty blocks", Array(50).fill({ type: "divider" })],
  ])("let %s through", (_, blocks) => {
    expect(faultsOfMessage(blocks)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ["a header of 151", [header("x".repeat(151))]],
    ["an empty header", [header("")]],
    ["a header in mark-up", [{ type: "header", text: { type: "mrkdwn", text: "x" } }]],
    ["a section without anything", [{ type: "section" }]],
    ["a text of 3001", [{ type: "section", text: plain("x".repeat(3001)) }]],
    ["eleven fields", [{ type: "section", fields: Array(11).fill(plain("x")) }]],
    ["a field of 2001", [{ type: "section", fields: [plain("x".repeat(2001))] }]],
    ["a button of 76", [{ type: "actions", elements: [button({ text: plain("x".repeat(76)) })] }]],
    ["a value of 2001", [{ type: "actions", elements: [button({ value: "x".repeat(2001) })] }]],
    [
      "a button that runs",
      [{ type: "actions", elements: [button({ url: "javascript:alert(1)" })] }],
    ],
    ["a style that there is not", [{ type: "actions", elements: [button({ style: "green" })] }]],
    ["an action id twice", [{ type: "actions", elements: [button(), button()] }]],
    [
      "a block id twice",
      [
        { type: "divider", block_id: "a" },
        { type: "divider", block_id: "a" },
      ],
    ],
    ["no buttons", [{ type: "actions", elements: [] }]],
    ["51 blocks", Array(51).fill({ type: "divider" })],
    ["none", []],
    ["a block that there is not", [{ type: "marquee" }]],
    ["a property that there is not", [{ type: "divider", colour: "red" }]],
    ["an input in a message", [input]],
    ["no list", "x"],
  ])("refuse %s", (_, blocks) => {
    expect(faultsOfMessage(blocks)).not.toEqual([]);
  });

  it("of a modal: a title of 24, and a submit where there is an input", () => {
    expect(faultsOfView(modal())).toEqual([]);
    expect(faultsOfView(modal({ title: plain("x".repeat(25)) }))).not.toEqual([]);
    expect(faultsOfView(modal({ submit: undefined }))).not.toEqual([]);
    expect(faultsOfView(modal({ private_metadata: "x".repeat(3001) }))).not.toEqual([]);
  });
});
