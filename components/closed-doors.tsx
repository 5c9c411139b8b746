"use client";
import { ButtonLink } from "./ui/button.tsx";
import { Empty } from "./ui/empty.tsx";

/** What 403 says, inside the panel and outside it. */
export const NotYours = () => (
  <Empty
    card
    kind="not-allowed"
    code="403"
    level="h1"
    title="Your roles do not open this page"
    action={<ButtonLink href="/">Search</ButtonLink>}
  >
    That you tried is on record. If you need it for your work, ask your manager or an admin for the
    role.
  </Empty>
);

/** What 404 says: unknown and forbidden answer alike. */
export const NothingHere = () => (
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
);
