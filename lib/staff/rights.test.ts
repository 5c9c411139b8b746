import { describe, expect, it } from "vitest";
import type { Actor, StaffActor } from "#lib/kernel/actor.ts";
import type { Role } from "#lib/vocabulary.ts";
import { may, type Permission, permissions, type Reach, reach } from "./rights.ts";

const person = (...roles: Role[]): StaffActor => ({
  kind: "staff",
  id: "0197a000-0000-7000-8000-000000000001",
  name: "Somebody",
  email: "somebody@alongside.test",
  roles,
  team: "Support Europe",
  zone: "UTC",
  signInId: "0197a000-0000-7000-8000-000000000002",
  authTime: null,
  acr: null,
});

/** DESIGN §2, line by line: agent, manager, compliance, admin. */
const design: Record<Permission, [Reach, Reach, Reach, Reach]> = {
  search: ["all", "all", "all", "all"],
  open_subject: ["all", "all", "all", "all"],
  read_notices: ["own", "own", "own", "own"],
  ask: ["own", "none", "none", "none"],
  start: ["own", "none", "none", "none"],
  decide: ["none", "all", "all", "none"],
  lift_limits: ["none", "all", "none", "none"],
  be_away: ["none", "own", "own", "all"],
  see_queue: ["own", "all", "all", "all"],
  see_live: ["own", "all", "all", "all"],
  end_session: ["own", "all", "none", "all"],
  review_sessions: ["none", "all", "all", "none"],
  read_audit: ["own", "team", "all", "all"],
  see_reviews: ["none", "own", "all", "all"],
  attest: ["none", "own", "none", "none"],
  run_reviews: ["none", "none", "all", "none"],
  see_findings: ["none", "team", "all", "all"],
  dispose_findings: ["none", "team", "all", "none"],
  answer_findings: ["own", "own", "none", "none"],
  see_evidence: ["none", "none", "all", "all"],
  export_evidence: ["none", "none", "all", "none"],
  release_names: ["none", "none", "all", "none"],
  see_exposure: ["none", "none", "all", "all"],
  decide_proposals: ["none", "own", "all", "all"],
  change_flags: ["none", "all", "none", "none"],
  see_settings: ["none", "none", "all", "all"],
  change_settings: ["none", "none", "none", "all"],
};
const order: Role[] = ["agent", "manager", "compliance", "admin"];

describe("rights", () => {
  for (const permission of permissions) {
    it(`gives ${permission} as the table says`, () => {
      expect(order.map((role) => reach(person(role), permission))).toEqual(design[permission]);
    });
  }

  it("is the union of the roles held", () => {
    const both = person("manager", "agent");
    expect(may(both, "decide") && may(both, "start")).toBe(true);
    expect(reach(both, "read_audit")).toBe("team");
    expect(reach(both, "end_session")).toBe("all");
  });

  it("gives nothing without a role, nor to anybody but staff", () => {
    const others: Actor[] = [
      person(),
      { kind: "anonymous" },
      { kind: "system", part: "worker" },
      { kind: "product", id: "p", clientId: "ledger", name: "Ledger" },
    ];
    for (const other of others)
      for (const permission of permissions) expect(may(other, permission)).toBe(false);
  });
});
