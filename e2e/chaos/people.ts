import { setTimeout as delay } from "node:timers/promises";
import { v7 as newId } from "uuid";
import { insert } from "#db/testing/sql.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { mintSessionCookie } from "#lib/platform/session-cookie.ts";
import { type Answer, Browser } from "./browser.ts";
import { filled, formWith } from "./forms.ts";
import type { Random } from "./random.ts";
import { wantsToBeTold } from "./receiver.ts";
import type { ChaosStack } from "./stack.ts";
import { failedBy, type Log } from "./told.ts";

export type Round = { stack: ChaosStack; random: Random; log: Log; isOver: () => boolean };
type Person = { id: string; browser: Browser; round: Round };

/** Somebody new, signed in: nobody's limits and sessions of earlier rounds are in the way. */
export async function signedIn(round: Round, role: "agent" | "manager"): Promise<Person> {
  const { owner, panel } = round.stack;
  const person = await hireOne(owner, [role]);
  await wantsToBeTold(owner, person.id);
  const signInId = newId();
  await insert(owner, "staff_sign_ins", { id: signInId, staff_id: person.id });
  const browser = new Browser();
  const { name, value } = await mintSessionCookie(signInId);
  browser.setCookie(panel.hostname, name, value);
  return { id: person.id, browser, round };
}

/** Goes on with `work` until the round is over; what fails is tried anew, as people do. */
async function goOn(person: Person, work: () => Promise<void>): Promise<void> {
  const { isOver, log } = person.round;
  while (!isOver()) {
    try {
      await work();
    } catch (error) {
      failedBy(log, error instanceof Error ? error.message : "something else");
      await delay(150);
    }
  }
}

/** An agent's day: ask, wait for the approval, enter, look, change, end. Now and then they forget to end. */
export const agentWorks = (agent: Person, subjects: readonly string[]): Promise<void> =>
  goOn(agent, async () => {
    const { random, isOver } = agent.round;
    const subject = random.pick(subjects);
    const started = await askFor(agent, subject);
    if (started === null || isOver()) return;
    const inside = await enter(agent, started);
    for (let pages = random.between(1, 3); pages > 0 && !isOver(); pages -= 1) {
      await agent.browser.get(new URL(random.pick(["/invoices", "/clients", "/reports"]), inside));
      await changeInvoice(agent, inside);
    }
    if (random.isLucky(0.8)) await endOwn(agent, started);
  });

/** Gives the session, once there is one; null where nobody approved while the round went on. */
async function askFor(agent: Person, subject: string): Promise<string | null> {
  const { browser, round } = agent;
  const page = await browser.get(new URL(`/customers/${subject}/start`, round.stack.panel));
  const form = formWith(page.body, "reasonCategory") ?? formWith(page.body, "reason");
  if (!form) return freeOneself(agent, page);
  const answers = {
    reasonCategory: "configuration_check",
    reason: "The reminders go out on the wrong day.",
    callerCheck: "call_back",
    scope: "write",
    minutes: "30",
  };
  const answer = await browser.sendParts(page.url, filled(form, answers));
  const session = sessionIn(answer);
  if (session) {
    round.log.told.push({ what: "started", id: session });
    return session;
  }
  const request = /^\/requests\/([0-9a-f-]{36})$/.exec(answer.url.pathname)?.[1];
  if (!request) return freeOneself(agent, answer);
  round.log.told.push({ what: "asked", id: request });
  return startWhenGranted(agent, answer.url);
}

async function startWhenGranted(agent: Person, at: URL): Promise<string | null> {
  const { browser, round } = agent;
  for (let looks = 0; looks < 20 && !round.isOver(); looks += 1) {
    const page = await browser.get(at);
    const start = page.body.includes("Start acting as") && formWith(page.body, "requestId");
    if (start) {
      const session = sessionIn(await browser.sendParts(page.url, start));
      if (session) round.log.told.push({ what: "started", id: session });
      return session;
    }
    if (/denied|lapsed/i.test(page.body.slice(page.body.indexOf("<main")))) return null;
    await delay(150);
  }
  return null;
}

/** After a start the answer leads through the door, and on into Ledger if that is there. */
const sessionIn = ({ via }: Answer): string | null =>
  via
    .map(({ pathname }) => /^\/sessions\/([0-9a-f-]{36})\/enter/.exec(pathname)?.[1])
    .find(Boolean) ?? null;

/** A session of an earlier try is in the way: it is ended from the strip. @throws when nothing is in the way. */
async function freeOneself(agent: Person, page: Answer): Promise<null> {
  const form = formWith(page.body, "sessionId", { says: "End session" });
  if (!form) throw new Error(`The start form answered ${page.status}`);
  await endBy(agent, page.url, form);
  return null;
}

/** Gives where Ledger shows the customer's invoices. @throws when it does not. */
async function enter({ browser, round }: Person, session: string): Promise<URL> {
  const page = await browser.get(new URL(`/sessions/${session}/enter`, round.stack.panel));
  if (page.status !== 200 || page.url.origin !== round.stack.ledger.origin)
    throw new Error(`The door answered ${page.status}`);
  return page.url;
}

async function changeInvoice({ browser, round }: Person, inside: URL): Promise<void> {
  const list = await browser.get(new URL("/invoices", inside));
  const numbers = [...list.body.matchAll(/\/invoices\/(INV-\d+)/g)].map(([, number]) => number);
  if (numbers.length === 0) throw new Error("No invoices");
  const page = await browser.get(new URL(`/invoices/${round.random.pick(numbers)}`, inside));
  const form = formWith(page.body, "note");
  if (!form) return;
  const text = `chaos ${newId()}`;
  const answer = await browser.send(page.url, filled(form, { note: text }));
  if (answer.status !== 200 || answer.url.searchParams.get("done") !== "saved")
    throw new Error(`Saving answered ${answer.status}`);
  round.log.told.push({ what: "wrote", text });
}

async function endOwn(agent: Person, session: string): Promise<void> {
  const { stack } = agent.round;
  const page = await agent.browser.get(new URL(`/sessions/${session}`, stack.panel));
  const form = formWith(page.body, "sessionId", { value: session, says: "End session" });
  if (form) await endBy(agent, page.url, form);
}

async function endBy({ browser, round }: Person, from: URL, form: ReturnType<typeof formWith>) {
  const id = form?.fields.find(([name]) => name === "sessionId")?.[1];
  if (!form || !id) throw new Error("Not the form of an end");
  const answer = await browser.sendParts(from, form);
  const isRefused = /role="alert"/.test(answer.body);
  if (answer.status !== 200 || isRefused) throw new Error(`An end answered ${answer.status}`);
  round.log.told.push({ what: "ended", id });
}

/** A manager's day: decides on what waits, and now and then ends somebody's session. */
export const managerWorks = (manager: Person): Promise<void> =>
  goOn(manager, async () => {
    const { browser, round } = manager;
    const { panel } = round.stack;
    const list = await browser.get(new URL("/requests", panel));
    const first = /\/requests\/[0-9a-f-]{36}/.exec(list.body)?.[0];
    const queue = first ? await browser.get(new URL(first, panel)) : list;
    const form = formWith(queue.body, "ask");
    if (form) {
      const vote = round.random.isLucky(0.85) ? "approve" : "deny";
      const answer = await browser.sendParts(
        queue.url,
        filled(form, { vote, comment: "Decided in the storm" }),
      );
      const id = answer.url.searchParams.get("done");
      if (!id) throw new Error(`A vote answered ${answer.status}`);
      round.log.told.push({ what: "voted", id, by: manager.id });
    } else await delay(100);
    if (round.random.isLucky(0.15)) await endOneOfOthers(manager);
  });

async function endOneOfOthers({ browser, round }: Person): Promise<void> {
  const list = await browser.get(new URL("/sessions/live", round.stack.panel));
  const ids = [...list.body.matchAll(/\/sessions\/live\?end=([0-9a-f-]{36})/g)].map(([, id]) => id);
  if (ids.length === 0) return;
  const id = round.random.pick(ids);
  const page = await browser.get(new URL(`/sessions/live?end=${id}`, round.stack.panel));
  const form = formWith(page.body, "comment");
  if (!form || !id) return;
  const answer = await browser.sendParts(page.url, filled(form, { comment: "The storm comes" }));
  if (!answer.url.searchParams.has("ended")) throw new Error(`An end answered ${answer.status}`);
  round.log.told.push({ what: "ended", id });
}
