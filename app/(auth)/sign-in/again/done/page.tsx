import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Note } from "#components/ui/note.tsx";
import { ToldOtherTabs } from "#components/ui/sign-in-again.tsx";
import { currentStaff } from "#lib/platform/require-staff.ts";
import "../../sign-in.css";

export const metadata: Metadata = { title: "Signed in again" };

/** Where a renewal ends that was begun beside a form: the form waits in its own tab, as it was left. */
export default async function SignedInAgainPage() {
  const { ctx } = await currentStaff(false);
  if (!ctx) redirect("/sign-in");
  return (
    <main className="gate again">
      <section className="who-in" aria-labelledby="done">
        <div className="head">
          <h1 id="done">You signed in again</h1>
        </div>
        <Note level="h3" icon="check" role="status" title="Go back to the other tab">
          Your form waits there as you left it. Send it once more; this tab can be closed.
        </Note>
        <ToldOtherTabs />
      </section>
    </main>
  );
}
