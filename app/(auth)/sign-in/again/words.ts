type Words = { title: string; text: string };

/** Why a sign-in was not renewed, by the codes of the renewal; `name` is what the company calls its sign-on. */
export function againWords(code: string, person: string, name: string | null): Words {
  const [issuer, within] = [name ?? "Your company’s sign-on", name ?? "your company’s sign-on"];
  const still = "You are signed in as before, and nothing was changed.";
  const words: Record<string, Words> = {
    cancelled: { title: "You went back", text: `${still} Sign in again when you are ready.` },
    issuer_down: {
      title: `${issuer} does not answer`,
      text: `${still} Try again in a minute; if it lasts, tell whoever runs Alongside.`,
    },
    issuer_refused: {
      title: `${issuer} did not ask you`,
      text: `${still} It gave no reason that helps here. Try again; if it lasts, tell whoever runs Alongside.`,
    },
    misconfigured: {
      title: `${issuer} does not know Alongside`,
      text: `${still} The two are not set up for each other. Tell whoever runs Alongside.`,
    },
    not_verified: {
      title: "That was not taken",
      text: `What came back from ${within} was not meant for this sign-in. ${still} This attempt is on record.`,
    },
    other_person: {
      title: "Somebody else signed in there",
      text: `You are ${person} here. Sign in again there as ${person}. ${still} This attempt is on record.`,
    },
    unsaid: {
      title: `${issuer} does not say when it asked you`,
      text: `So it is no proof that it was now, and nothing less is taken. Tell whoever runs Alongside: the sign-on must answer “max_age” with “auth_time”.`,
    },
    old: {
      title: `${issuer} did not ask you anew`,
      text: `It vouched for you by an earlier sign-in, which is no proof that it was now. ${still} Try again; if it lasts, tell whoever runs Alongside.`,
    },
    acr: {
      title: "The policy wants a stronger sign-in",
      text: `${issuer} asked you for less than the policy wants, such as a second factor. ${still} Sign in again with it.`,
    },
    acr_unsaid: {
      title: `${issuer} does not say how it asked you`,
      text: `The policy wants a stronger sign-in, and nothing less is taken. ${still} Tell whoever runs Alongside: the sign-on must say “acr”.`,
    },
    logged_out: {
      title: "You were signed out meanwhile",
      text: `${issuer} ended your session while you were on the way here. Sign in anew.`,
    },
  };
  return words[code] ?? notBegun;
}

const notBegun: Words = {
  title: "You have not signed in again",
  text: "This was not begun in this browser, was used already, or took longer than 15 min. Begin again.",
};
