import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { WholePage } from "#components/whole-page.tsx";

export const metadata: Metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <WholePage>
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
    </WholePage>
  );
}
