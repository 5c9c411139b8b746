import type { DetectorRule, Pair, Rules } from "../facts.ts";
import { found, itemOfVote } from "../items.ts";
import { daysOf } from "../spoken-time.ts";

/** One approver decides nearly all that one actor asks, and far less of what the others of the team ask. */
export const samePair: DetectorRule = {
  name: "same_pair",
  reads: ["approved"],
  find({ pairs, isDisposed }, rules) {
    return pairs.flatMap((pair) => {
      const { actorId, approverId, approver, byPair, ofActor, byApproverInTeam, ofTeam } = pair;
      const votes = pair.votes.filter(
        (vote) => !vote.explained && !isDisposed("same_pair", vote.requestId),
      );
      if (votes.length < rules.pairRequests || !isClose(pair, rules)) return [];
      return [
        found(
          { detector: "same_pair", actorId, otherId: approverId },
          votes.map((vote) => itemOfVote(vote, {})),
          { approver, byPair, ofActor, byApproverInTeam, ofTeam },
        ),
      ];
    });
  },
  words({ items, figures }, zone) {
    const { approver, byPair, ofActor, byApproverInTeam, ofTeam } = figures;
    const others =
      ofTeam === 0 ? "" : `; of the ${ofTeam} of the rest of the team it was ${byApproverInTeam}`;
    return `${approver} approved ${byPair} of ${ofActor} requests within 90 days${others}. ${items.length} of them, on ${daysOf(items, zone)}, had no ticket.`;
  },
};

function isClose({ byPair, ofActor, byApproverInTeam, ofTeam }: Pair, rules: Rules): boolean {
  const share = byPair / ofActor;
  const inTeam = ofTeam === 0 ? 0 : byApproverInTeam / ofTeam;
  return share >= rules.pairShare && share >= rules.pairTimesTheTeam * inTeam;
}
