import type { Metadata } from "next";
import { NotYours } from "#components/closed-doors.tsx";

export const metadata: Metadata = { title: "Not yours to open" };

/** Inside the panel, so that the way on stays. */
export default function Forbidden() {
  return (
    <div className="page form">
      <NotYours />
    </div>
  );
}
