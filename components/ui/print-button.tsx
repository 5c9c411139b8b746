"use client";
import { Button } from "./button.tsx";

export function PrintButton() {
  return (
    <Button icon="print" onClick={() => print()}>
      Print
    </Button>
  );
}
