import type { Metadata } from "next";
import Link from "next/link";
import { safePath } from "#lib/kernel/return-path.ts";
import { database } from "#lib/platform/database.ts";
import { companySignOn, demo, hasPersonas } from "#lib/platform/demo.ts";
import { currentStaff } from "#lib/platform/require-staff.ts";
import { readPersonas } from "#lib/staff/queries.ts";
import { CompanyButton } from "./_components/company-button.tsx";
import { FindPersona } from "./_components/find-persona.tsx";
import { ForgetTyped } from "./_components/forget-typed.tsx";
import { Personas } from "./_components/personas.tsx";
import { Pitch } from "./_components/pitch.tsx";
import { SignInNote } from "./_components/sign-in-note.tsx";
import { asksAgain, becauseWords, issuerWords, refusalWords } from "./words.ts";
import "./sign-in.css";

export const metadata: Metadata = { title: "Sign in" };

type Query = Promise<Record<string, string | string[] | undefined>>;

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const from = safePath(one(query.from));
  const now = new Date();
  const inDemo = demo();
  const company = companySignOn();
  const { ctx } = await currentStaff(false);
  const sought = one(query.name)?.trim().slice(0, 200);
  const { people, more } = hasPersonas()
    ? await readPersonas(database(), sought)
    : { people: [], more: false };
  const choosing = people.length > 0 || (hasPersonas() && !!sought);
  const error = one(query.error);
  const person = people.find(({ id }) => id === one(query.person));
  // An issuer that ended its own session too leads back with the word that it was given.
  const because = becauseWords[one(query.because) ?? one(query.state) ?? ""];
  const refusal =
    error && company && error !== "too_often"
      ? issuerWords(error, company.name)
      : error && !person && refusalWords(error, undefined, now, one(query.seconds));

  return (
    <main className="gate">
      {!ctx && <ForgetTyped />}
      <Pitch />
      <section className="who-in" aria-labelledby="sign-in">
        <div className="head">
          <h2 id="sign-in">Sign in</h2>
          <p className="soft">{lead(company !== null, choosing)}</p>
        </div>
        {ctx ? (
          <p className="sm">
            You are signed in as {ctx.actor.name}.{" "}
            <Link href={from} prefetch={false}>
              Go on
            </Link>
            {company ? ", or sign in anew" : ", or choose somebody else"}: that signs{" "}
            {ctx.actor.name} out.
          </p>
        ) : (
          because && !error && <SignInNote {...because} />
        )}
        {!ctx && from.startsWith("/requests/decide/") && (
          <p className="sm">
            The request of your link opens once you are signed in. Nothing is decided by that.
          </p>
        )}
        {refusal && <SignInNote refused {...refusal} />}
        {company && <CompanyButton name={company.name} from={from} again={asksAgain(error)} />}
        {choosing && (more || sought) && <FindPersona sought={sought} from={from} />}
        {choosing && people.length === 0 && (
          <p className="sm">
            Nobody here has such a name.{" "}
            <Link href={`/sign-in?${new URLSearchParams({ from })}`} prefetch={false}>
              Show the list again
            </Link>
          </p>
        )}
        {people.length > 0 && (
          <Personas
            people={people}
            from={from}
            refused={error && person ? { code: error, personId: person.id } : null}
            at={now}
          />
        )}
        {inDemo && (
          <p className="sm soft">
            Looking for the product?{" "}
            <a href={inDemo.ledgerUrl}>Ledger, the demo customer’s invoicing</a>, has its own
            sign-in.
          </p>
        )}
      </section>
    </main>
  );
}

function lead(hasCompany: boolean, hasPeople: boolean): string {
  if (hasCompany) return "With your company’s account; there is no password of Alongside’s own.";
  if (hasPeople)
    return "This is a demo: choose a person, no password. With a company’s sign-on configured, this list is gone and one button stays.";
  return "No company’s sign-on is configured here, so nobody can sign in.";
}
