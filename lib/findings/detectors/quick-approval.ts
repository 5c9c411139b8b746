import type { DetectorRule } from "../facts.ts";
import { dense, found, grouped, itemOfVote } from "../items.ts";
import { counted, daysOf } from "../spoken-time.ts";

const monthMs = 30 * 24 * 3_600_000;

/** Approvals within seconds of the ask, repeatedly: the finding is about who approved. */
export const quickApproval: DetectorRule = {
  name: "quick_approval",
  reads: ["approved"],
  find({ votes, isDisposed }, { quickSeconds, quickApprovals }) {
    const quick = votes.filter(
      (vote) =>
        vote.at - vote.askedAt <= quickSeconds * 1000 &&
        !vote.explained &&
        !isDisposed("quick_approval", vote.requestId),
    );
    return grouped(quick, ({ approverId }) => approverId).flatMap((list) => {
      const again = dense(list, monthMs, (span) => span.length >= quickApprovals);
      const [first] = again;
      if (!first) return [];
      const items = again.map((vote) =>
        itemOfVote(vote, { agent: vote.actor, note: `approved after ${secondsOf(vote)} s` }),
      );
      const about = { detector: "quick_approval", actorId: first.approverId } as const;
      return [found(about, items, { seconds: quickSeconds })];
    });
  },
  words({ items, figures }, zone) {
    const agents = new Set(items.map(({ agent }) => agent)).size;
    return `${counted(items.length, "request")} of ${counted(agents, "agent")} approved within ${figures.seconds} s of the ask, on ${daysOf(items, zone)}, without a ticket.`;
  },
};

const secondsOf = ({ at, askedAt }: { at: number; askedAt: number }): number =>
  Math.max(0, Math.round((at - askedAt) / 1000));
