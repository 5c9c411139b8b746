"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { singleKey } from "#components/keys/single-key.ts";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";

type ItemKeysProps = { next: string | null; previous: string | null };

/** `J` and `K` go to the next and the previous item. Where something was typed, they move to the question about it first. */
export function ItemKeys({ next, previous }: ItemKeysProps) {
  const router = useRouter();
  const leave = useRef<HTMLAnchorElement>(null);
  const [leaving, setLeaving] = useState<string | null>(null);
  // From the first moment that the page is there: a quick key goes on from this item, not from the one before.
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const key = singleKey(event);
      const to = key === "j" ? next : key === "k" ? previous : null;
      if (to === null) return;
      event.preventDefault();
      if (typedIn()) setLeaving(to);
      else router.push(to);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [router, next, previous]);
  const stay = useCallback(() => {
    setLeaving(null);
    typedIn()?.focus();
  }, []);
  useEffect(() => {
    if (leaving === null) return;
    leave.current?.focus();
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) stay();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [leaving, stay]);

  if (leaving === null) return null;
  return (
    <Note
      role="alert"
      icon="pen"
      title="What you typed is not recorded"
      actions={
        <>
          <ButtonLink ref={leave} href={leaving}>
            Leave it and go on
          </ButtonLink>
          <Button variant="quiet" onClick={stay}>
            Stay
          </Button>
        </>
      }
    >
      It is lost when you go to another item.
    </Note>
  );
}

/** The first field of the item's forms that holds something. */
const typedIn = (): HTMLInputElement | HTMLTextAreaElement | undefined =>
  [
    ...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
      ".review-item :is(textarea, input[type=email], input[type=date])",
    ),
  ].find(({ value }) => value.trim() !== "");
