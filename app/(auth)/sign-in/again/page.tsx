import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { StaffDisc, Who } from "#components/people.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { safePath } from "#lib/kernel/return-path.ts";
import { companySignOn, hasPersonas } from "#lib/platform/demo.ts";
import { currentStaff } from "#lib/platform/require-staff.ts";
import { SignInNote } from "../_components/sign-in-note.tsx";
import { againWords } from "./words.ts";
import "../sign-in.css";

export const metadata: Metadata = { title: "Sign in again" };

type Query = Promise<Record<string, string | string[] | undefined>>;
const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** Where who is signed in proves anew who they are, before something that the policy wants it for. */
export default async function SignInAgainPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const from = safePath(one(query.from));
  const { ctx } = await currentStaff(false);
  if (!ctx) redirect(`/sign-in?${new URLSearchParams({ from })}`);
  const { name, email } = ctx.actor;
  const company = companySignOn();
  const error = one(query.error);
  const way = company ? "issuer" : hasPersonas() ? "persona" : null;
  return (
    <main className="gate again">
      <section className="who-in" aria-labelledby="again">
        <div className="head">
          <h1 id="again">Sign in again</h1>
          <p className="soft">
            For what the policy guards most, it must be you who is here, now. You stay signed in,
            and a live session of yours goes on.
          </p>
        </div>
        {one(query.for) === "download" && (
          <p>
            The policy asks for a fresh sign-in before evidence is taken out. Nothing was
            downloaded: sign in again, then press it once more.
          </p>
        )}
        {error && <SignInNote refused {...againWords(error, name, company?.name ?? null)} />}
        <div className="card p-3">
          <Who disc={<StaffDisc name={name} size="large" />} name={name} second={email} />
        </div>
        {way && (
          <form method="post" action={`/sign-in/again/${way}`} className="company">
            <input type="hidden" name="from" value={from} />
            <button type="submit" className={buttonClass({ variant: "primary", size: "large" })}>
              {company
                ? `Sign in again with ${company.name ?? "your company account"}`
                : `Sign in again as ${name}`}
            </button>
          </form>
        )}
        <p className="sm soft">
          <Link href={from} prefetch={false}>
            Back without signing in
          </Link>
        </p>
      </section>
    </main>
  );
}
