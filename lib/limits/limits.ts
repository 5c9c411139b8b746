/**
 * How often something may be asked: a bucket of `most` permits that fills evenly within `seconds`. So `most` at once,
 * then one each `seconds / most`; never more than twice `most` within `seconds`.
 */
export type Limit = { most: number; seconds: number };

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Every limit and why it is what it is. How many people one actor may stand in for is the policy's to say. */
export const limits = {
  /** Two steps each: a whole office behind one address signs in at nine, but not sixty people a minute for long. */
  sign_in_from_source: { most: 120, seconds: minute },
  /** Each proof of who one is makes a row that stays: a person needs a few a day. */
  sign_in_of_person: { most: 20, seconds: 10 * minute },
  /** A hundred leave room for a rollout that goes wrong; then one each 6 s, against 256 random bits. */
  client_guesses_from_source: { most: 100, seconds: 10 * minute },
  /** An auditor opens a few links in a month; against 256 random bits it is for peace of mind, and for the record. */
  guest_link_from_source: { most: 60, seconds: 10 * minute },
  /** Of links that lead them nowhere: somebody follows a cut one a few times; against 256 random bits it is for the record. */
  approval_link_guesses_of_person: { most: 30, seconds: 10 * minute },
  /** Each is a message to somebody in Slack: a typo or two, and nobody is pestered. */
  slack_link_of_person: { most: 5, seconds: 10 * minute },
  /** Slack brings every press from a few servers of its own: ten a second from each, and a stranger stops at that. */
  slack_from_source: { most: 600, seconds: minute },
  /** One exchange a start or reload: ten a second is a hundred agents who all begin at once. */
  token_of_client: { most: 600, seconds: minute },
  /** The SDK asks once in 5 s and session: this is ten thousand live sessions, and a loop run wild is stopped. */
  introspection_of_client: { most: 120_000, seconds: minute },
  /** Batches of what was done; a write waits for its own. */
  actions_of_client: { most: 120_000, seconds: minute },
  /** Ends and revocations, and from acting to looking: one a session each. */
  ending_of_client: { most: 600, seconds: minute },
  /** Every push is a transaction with an entry; a product that pushes each change by itself still may. */
  directory_of_client: { most: 300, seconds: minute },
  /** A code is for one way into the product: an agent who reloads like mad is still let in. */
  authorize_of_person: { most: 60, seconds: minute },
  /** Of who is not signed in, whom it refuses in any case; who is, is counted as a person, not as an office. */
  authorize_from_source: { most: 60, seconds: minute },
  /** Sixty calls a day and what is asked twice; who asks three a minute tries things out. */
  request_of_person: { most: 30, seconds: 10 * minute },
  /** Of one request by its actor: who was asked and is busy needs more than a moment. */
  reminder_of_request: { most: 1, seconds: 2 * minute },
  /** A call takes minutes and a few searches. Six a minute for ten minutes is no call. */
  search_of_person: { most: 60, seconds: 10 * minute },
  /**
   * 60 calls a day by five searches, doubled. Of an account's list each search is a page of 50 people: at most 30,000 of
   * a million. What is typed shows 20 at each letter, so that few of its 16 answers show anybody new.
   */
  search_of_person_by_day: { most: 600, seconds: day },
  /** People and accounts opened; opening the same one again within ten minutes is the same opening. */
  opening_by_person: { most: 60, seconds: 10 * minute },
  opening_by_person_by_day: { most: 400, seconds: day },
  /** One by each way, and again after a mend; each leaves the panel, to whoever is asked for. */
  test_notice_of_person: { most: 10, seconds: 10 * minute },
  /** Of who is invited: a mail that was lost, a mend, and nobody is pestered. */
  invitation_of_person: { most: 3, seconds: 10 * minute },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof limits;
