import type { Metadata } from "next";
import { NothingHere } from "#components/closed-doors.tsx";

export const metadata: Metadata = { title: "Nothing here" };

/** Inside the panel, so that the way on stays. */
export default function NotFound() {
  return (
    <div className="page form">
      <NothingHere />
    </div>
  );
}
