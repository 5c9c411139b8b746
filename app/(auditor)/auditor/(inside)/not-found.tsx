import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";

export const metadata: Metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <div className="page form">
      <Empty
        card
        kind="not-allowed"
        code="404"
        level="h1"
        title="Nothing here that you may see"
        action={<ButtonLink href="/auditor">Evidence</ButtonLink>}
      >
        It does not exist, or it is not of your period. We answer both alike, and it is on record.
      </Empty>
    </div>
  );
}
