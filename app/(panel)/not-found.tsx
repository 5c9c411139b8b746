import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";

export const metadata: Metadata = { title: "Not yours to see" };

/** Inside the panel, so that the way on stays. */
export default function NotFound() {
  return (
    <div className="page form">
      <Empty
        card
        kind="not-allowed"
        code="404"
        level="h1"
        title="Nothing here that you may see"
        action={<ButtonLink href="/">Search</ButtonLink>}
      >
        It does not exist, or it is not yours. We answer both alike.
      </Empty>
    </div>
  );
}
