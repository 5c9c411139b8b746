"use client";
import { useSyncExternalStore } from "react";

const place = "alongside.single-keys";
const changed = new EventTarget();

/** Whether single letters do anything. A person can switch them off (speech input types letters); kept per browser. */
export const singleKeysOn = (): boolean => localStorage.getItem(place) !== "off";

export function switchSingleKeys(on: boolean): void {
  localStorage.setItem(place, on ? "on" : "off");
  changed.dispatchEvent(new Event("change"));
}

function subscribe(listener: () => void): () => void {
  changed.addEventListener("change", listener);
  return () => changed.removeEventListener("change", listener);
}

export const useSingleKeys = (): boolean =>
  useSyncExternalStore(subscribe, singleKeysOn, () => true);
