import { z } from "zod";

const count = (least: number, usual: number) => z.int().min(least).max(100_000).default(usual);

/** From where on a pattern is a finding. Access that is explained (an open ticket of that account assigned to that actor, or one just closed) raises nothing. */
export const findingsPolicy = z.object({
  /** Days to dispose of a finding. */
  dueDays: z.int().min(1).max(60).default(7),
  /** How far back looking begins where a log is older than the panel: the quarters that the next reviews are about. */
  lookBackDays: z.int().min(30).max(3650).default(184),
  /** Whether the actor is asked why, the same evening. */
  askActor: z.boolean().default(true),
  /** A ticket of the account that was the actor's, closed less than so many hours before, explains looking once more; never acting. */
  closedTicketGraceHours: count(0, 24),
  /** Unexplained accounts within an hour, and within a day: nobody stays under the one by going slowly. */
  accountsInAnHour: count(2, 6),
  accountsInADay: count(2, 20),
  /** Unexplained sessions of one actor as one subject within 30 days, or twice as many within 90. */
  sameSubject: count(2, 3),
  /** The same at one account, as one and another of its people. */
  sameAccount: count(2, 5),
  /** Sessions that name no ticket within a week, under reasons that want none: one such says nothing, a habit does. */
  withoutTicketInAWeek: count(2, 5),
  /** So many writes, and exports, in a session are not unusual yet, whatever the actor's usual is. */
  writesInASession: count(1, 15),
  exportsInASession: count(1, 1),
  /** Nor so many in the unexplained sessions of a day. */
  writesInADay: count(1, 60),
  exportsInADay: count(1, 5),
  /** More than so many times the actor's usual in a session is. */
  timesTheUsual: z.number().min(1).max(100).default(4),
  /** Requests of one pair within 90 days, and the part of the actor's requests that one approver decides. */
  pairRequests: count(3, 10),
  pairShare: z.number().min(0.5).max(1).default(0.8),
  /** And by so many times more than for the others of the actor's team: where one manager decides for all, it says nothing. */
  pairTimesTheTeam: z.number().min(1).max(100).default(2),
  /** An approval within so many seconds of the ask, and how many of them in 30 days. */
  quickSeconds: count(1, 10),
  quickApprovals: count(1, 3),
  /** Refusals of one actor within an hour, and within a day. */
  refusalsInARow: count(2, 5),
  refusalsInADay: count(2, 12),
  /** Explained sessions near the same time of day, in 30 days, that make it the actor's usual hour: a night shift, being on call. */
  usualHourSessions: count(1, 5),
  /** A surname that more people have, and more than this part of all, is a common one: a namesake says nothing. */
  namesakes: count(0, 8),
  namesakeShare: z.number().min(0).max(0.1).default(0.0002),
  /** Days after which a customer who was not seen is dormant, and access that was not used. */
  dormantDays: count(7, 60),
  unusedDays: count(7, 42),
  /** Where less than this part of what the colleagues of an actor do has a ticket that we know, the team works without. */
  ticketlessShare: z.number().min(0).max(1).default(0.1),
  /** There a ticket that is missing says little: a pattern takes so many times as much. */
  ticketlessTimes: z.number().min(1).max(100).default(3),
  /** What one ticket explains, in 30 days: sessions as one person, and people of its account within a day. */
  sessionsOfATicket: count(2, 12),
  peopleOfATicket: count(1, 5),
  /** Sessions as one person within 30 days, each begun within so many minutes of when its ticket came. */
  freshTicketMinutes: count(1, 5),
  freshTickets: count(2, 4),
});
export type FindingsPolicy = z.infer<typeof findingsPolicy>;
