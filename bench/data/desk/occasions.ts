import type { Desk, RefusedAsk, Visit } from "./desk.ts";
import { type Agent, type Customer, timeIn, weeks } from "./world.ts";

export type Made = (Visit | RefusedAsk)[];
export type Make = (desk: Desk, actor: Agent) => Made;

export const anyone = (desk: Desk): Customer => desk.random.pick(desk.world.customers);
export const workday = ({ random: r }: Desk, last = weeks): number => r.int(last) * 7 + r.int(5);
export const byDay = (desk: Desk, actor: Agent, day = workday(desk)): number =>
  timeIn(actor.zone, day, 9 * 60 + desk.random.int(8 * 60));
