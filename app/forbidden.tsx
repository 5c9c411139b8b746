import type { Metadata } from "next";
import { NotYours } from "#components/closed-doors.tsx";
import { WholePage } from "#components/whole-page.tsx";

export const metadata: Metadata = { title: "Not yours to open" };

export default function Forbidden() {
  return (
    <WholePage>
      <NotYours />
    </WholePage>
  );
}
