"use client";
import { Toast } from "@base-ui/react/toast";
import Link from "next/link";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { focusTitle } from "../focus-title.ts";
import { useHydrated } from "../hydrated.ts";
import { isNewHere } from "../kept-here.ts";
import { Icon } from "./icon.tsx";

type Way = { label: string; href: string };
type ToastData = { ways: readonly Way[] };

/** Around the panel once. Toasts only confirm: errors stay beside what failed. */
export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider timeout={5000} limit={3}>
      {children}
      {useHydrated() && (
        <Toast.Portal>
          <Toast.Viewport className="toasts">
            <List />
          </Toast.Viewport>
        </Toast.Portal>
      )}
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager<ToastData>();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast">
      <Toast.Content className="what">
        <Icon name="check" />
        <Toast.Title className="grow" render={<p />} />
        {toast.data?.ways.map(({ label, href }) => (
          <Link key={href} href={href}>
            {label}
          </Link>
        ))}
      </Toast.Content>
    </Toast.Root>
  ));
}

/** `confirm("Approved, 15 min. Teodora was told.")`, with ways to what was done or comes next. */
export function useConfirm(): (text: string, ...ways: Way[]) => void {
  const { add } = Toast.useToastManager<ToastData>();
  return (text, ...ways) => {
    add({ title: text, data: { ways } });
  };
}

type ConfirmedProps = {
  /** Names what was done: it is said once, and in one toast. */
  id: string;
  text: string;
  ways?: readonly Way[];
  /** Whoever is at work goes on; else the focus goes to the title, since what had it is gone. */
  keepsFocus?: boolean;
  /** Comes again with the same page: a tab says it once, whatever is reloaded. */
  oncePerTab?: boolean;
};

/** Confirms once when a page arrives with something done. */
export function Confirmed(props: ConfirmedProps) {
  const { id, text, ways = [], keepsFocus = false, oncePerTab = false } = props;
  const { add } = Toast.useToastManager<ToastData>();
  const said = useRef<string>(null);
  // At once: a key that is pressed on the new page must find the focus where it stays.
  useLayoutEffect(() => {
    if (said.current === id) return;
    said.current = id;
    if (oncePerTab && !isNewHere(id)) return;
    add({ id, title: text, data: { ways } });
    if (!keepsFocus) focusTitle();
  });
  return null;
}
