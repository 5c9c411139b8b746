"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * Whether the page has come alive. What is nothing without script (menus, dialogs) is rendered only then: on the server
 * it costs more than the page around it.
 */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
