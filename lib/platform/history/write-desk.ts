import type pg from "pg";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { companyZone, dayIn } from "#db/seed/history/calendar.ts";
import { planHistory } from "#db/seed/history/plan.ts";
import type { SignIn } from "#db/seed/history/sign-ins.ts";
import type { Story, Ticket, Visit } from "#db/seed/history/story.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { readCustomers } from "./customers.ts";
import { recordRequest } from "./record-request.ts";
import { recordSession } from "./record-session.ts";
import { recordSignIn, recordStaff } from "./record-staff.ts";
import { type Recorder, recorder } from "./recorder.ts";
import { write } from "./write.ts";

/** What the desk did, in the owner's transaction of this client. Gives how many entries there are. */
export async function writeDesk(client: pg.Client, db: Database, now: Date): Promise<number> {
  const product = await readProduct(client);
  const customers = await readCustomers(client, product.id);
  const plan = planHistory(dayIn(companyZone, now), customers, "ledger");
  const to = recorder(db, plan.colleagues, product, await currentPolicy(db));
  for (const one of plan.colleagues) recordStaff(to, one);
  const signIns = plan.signIns.map((one) => ({ ...one, id: recordSignIn(to, one) }));
  for (const ticket of plan.tickets) recordTicket(to, ticket);
  const starts = plan.stories.flatMap(({ visit }) => (visit ? [visit.startedAt.getTime()] : []));
  const numberOf = await drawNumbers(client, plan.stories.length, starts);
  for (const [index, story] of plan.stories.entries()) {
    const request = recordRequest(to, story, numberOf.request(index));
    if (!story.visit) continue;
    const signInId = signInOf(signIns, story, story.visit);
    recordSession(to, request, story.visit, { number: numberOf.session(story.visit), signInId });
  }
  await write(client, to);
  return to.entries.length;
}

/** What it is by now, and until when it was open: then it explained what its agent did. */
function recordTicket({ tables, product }: Recorder, ticket: Ticket): void {
  const { reference, customer, title, assignee, openedAt, closedAt } = ticket;
  const known = {
    ...{ product_id: product.id, reference, account_id: customer.account.id },
    assignee_email: assignee,
  };
  tables.tickets.push({
    ...{ ...known, subject_id: customer.id, title, status: closedAt ? "closed" : "open" },
    updated_at: closedAt ?? openedAt,
  });
  if (closedAt) tables.ticket_past.push({ ...known, status: "open", until: closedAt });
}

export async function readProduct(client: pg.Client): Promise<ProductActor> {
  const { rows } = await client.query(
    `select id, client_id as "clientId", name from products where client_id = 'ledger'`,
  );
  const [row] = z
    .array(z.object({ id: z.uuid(), clientId: z.string(), name: z.string() }))
    .parse(rows);
  if (!row) throw new Error("The demo has no product");
  return { kind: "product", ...row };
}

/** Numbers in the order of time; the sequences go on after them. */
async function drawNumbers(client: pg.Client, requests: number, starts: number[]) {
  const draw = async (sequence: string, n: number): Promise<number[]> => {
    const { rows } = await client.query(
      `select nextval('${sequence}') as number from generate_series(1, $1::integer)`,
      [n],
    );
    return z
      .array(z.object({ number: z.coerce.number() }))
      .parse(rows)
      .map(({ number }) => number);
  };
  const ofRequests = await draw("request_numbers", requests);
  const ofSessions = await draw("session_numbers", starts.length);
  const order = starts.toSorted((a, b) => a - b);
  const at = (numbers: number[], index: number) => {
    const number = numbers[index];
    if (number === undefined) throw new Error("No number was drawn");
    return number;
  };
  const taken = new Set<number>();
  return {
    request: (index: number) => at(ofRequests, index),
    session: ({ startedAt }: Visit) => {
      let index = order.indexOf(startedAt.getTime());
      while (taken.has(index)) index += 1;
      taken.add(index);
      return at(ofSessions, index);
    },
  };
}

/** The sign-in by which a session was started. */
function signInOf(
  signIns: (SignIn & { id: string })[],
  { actor }: Story,
  { startedAt }: Visit,
): string {
  const found = signIns.find(
    (one) => one.staffId === actor && one.startedAt <= startedAt && startedAt <= one.lastActiveAt,
  );
  if (!found) throw new Error("A session without a sign-in");
  return found.id;
}
