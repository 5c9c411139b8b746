import { describe, expect, it } from "vitest";
import { parseEnvironment } from "./env.ts";

const key = { kty: "EC", crv: "P-256", kid: "1", x: "x", y: "y", d: "d" };
const whole = {
  DATABASE_URL: "postgres://run:pw@127.0.0.1/alongside",
  NEXTAUTH_SECRET: "a secret of thirty-two characters",
  ALONGSIDE_SIGNING_KEYS: JSON.stringify([{ ...key, signs_from: "2026-01-01T00:00:00Z" }]),
};

describe("the environment", () => {
  it("takes what is set and fills in the rest", () => {
    const env = parseEnvironment({ ...whole, PORT: "4000" });
    expect(env).toMatchObject({ PORT: 4000, ALONGSIDE_URL: "http://localhost:4000", DEMO: false });
  });

  it("trusts one proxy, none in the demo, or as many as are named", () => {
    const proxies = (more: object) => parseEnvironment({ ...whole, ...more }).TRUSTED_PROXIES;
    expect([proxies({}), proxies({ DEMO: "1" }), proxies({ TRUSTED_PROXIES: "0" })]).toEqual([
      1, 0, 0,
    ]);
    expect(() => proxies({ TRUSTED_PROXIES: "-1" })).toThrow("TRUSTED_PROXIES");
  });

  it("names all that is missing in one sentence", () => {
    expect(() => parseEnvironment({ DATABASE_URL: whole.DATABASE_URL })).toThrow(
      "Wrong environment: NEXTAUTH_SECRET is not set; ALONGSIDE_SIGNING_KEYS is not set.",
    );
  });

  it("says what is wrong without repeating the value", () => {
    expect(() => parseEnvironment({ ...whole, NEXTAUTH_SECRET: "short" })).toThrow(
      "Wrong environment: NEXTAUTH_SECRET is shorter than 32 characters.",
    );
    expect(() => parseEnvironment({ ...whole, ALONGSIDE_SIGNING_KEYS: "nonsense" })).toThrow(
      "Wrong environment: ALONGSIDE_SIGNING_KEYS is not JSON.",
    );
  });

  it("refuses to run as the owner", () => {
    const DATABASE_OWNER_URL = "postgres://run:pw@127.0.0.1/alongside";
    expect(() => parseEnvironment({ ...whole, DATABASE_OWNER_URL })).toThrow(
      "DATABASE_URL names the owner",
    );
  });

  it("takes a Slack app whole or not at all", () => {
    const app = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "0123456789abcdef" };
    expect(parseEnvironment(whole).slack).toBeNull();
    expect(parseEnvironment({ ...whole, ...app }).slack).toEqual({
      botToken: "xoxb-1",
      signingSecret: "0123456789abcdef",
      apiUrl: "https://slack.com/api/",
    });
    expect(() => parseEnvironment({ ...whole, SLACK_BOT_TOKEN: "xoxb-1" })).toThrow(
      "Wrong environment: SLACK_SIGNING_SECRET is not set.",
    );
    const elsewhere = { ...app, SLACK_API_URL: "http://slack.test/api/" };
    expect(() => parseEnvironment({ ...whole, ...elsewhere })).toThrow("SLACK_API_URL is not");
  });
});
