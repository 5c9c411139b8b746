"use client";
import { useEffect } from "react";
import { forgetAllHere } from "#components/kept-here.ts";

/** Where nobody is signed in, what was typed in this tab is nobody's. */
export function ForgetTyped() {
  useEffect(forgetAllHere, []);
  return null;
}
