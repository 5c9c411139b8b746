import type { Metadata } from "next";
import { NothingHere } from "#components/closed-doors.tsx";
import { WholePage } from "#components/whole-page.tsx";

export const metadata: Metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <WholePage>
      <NothingHere />
    </WholePage>
  );
}
