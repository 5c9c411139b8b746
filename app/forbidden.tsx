import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { WholePage } from "#components/whole-page.tsx";

export const metadata: Metadata = { title: "Not yours to open" };

export default function Forbidden() {
  return (
    <WholePage>
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
    </WholePage>
  );
}
