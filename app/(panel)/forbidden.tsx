import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";

export const metadata: Metadata = { title: "Not yours to see" };

/** Inside the panel, so that the way on stays. */
export default function Forbidden() {
  return (
    <div className="page form">
      <Empty
        card
        kind="not-allowed"
        code="403"
        level="h1"
        title="Your roles do not open this page"
        action={<ButtonLink href="/">Search</ButtonLink>}
      >
        That you tried is on record. If you need it for your work, ask your manager or an admin for
        the role.
      </Empty>
    </div>
  );
}
