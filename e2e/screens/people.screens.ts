import { pushOne } from "#e2e/fixtures/pushed.ts";
import { persona, runa } from "#e2e/fixtures/staff.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { test } from "./shoot.ts";
import { one, type Stop, tour } from "./tour.ts";

test("a person and an account", async ({ newcomer, signedIn, databases: { owner }, shoot }) => {
  const jane = await subjectOf(owner, "jane.ashdown@tallowfield.test");
  const account = await one(owner, "select account_id from subjects where id = $1", [jane]);
  const { page: fresh } = await newcomer();
  await tour(fresh, shoot, [
    ["Person", "an agent who never met them", `/customers/${jane}`],
    ["Account", "an agent", `/customers/accounts/${account}`],
    ...beforeOf("an agent who never met them", jane, account),
    ["Person", "nobody there", "/customers/0197a000-0000-7000-8000-0000000fffff"],
  ]);
  for (const who of ["Runa Castellane", "Mirela Osthoff", "Kesi Lindqvaard"]) {
    const { page } = await signedIn(persona(who));
    await tour(page, shoot, [
      ["Person", `${who}`, `/customers/${jane}`],
      ["Account", `${who}`, `/customers/accounts/${account}`],
      ...beforeOf(who, jane, account),
    ]);
    if (who.startsWith("Mirela"))
      await tour(page, shoot, [["Person", "report of what was done", `/customers/${jane}/report`]]);
  }
});

/** Each part of the past of a person and an account. */
const beforeOf = (who: string, person: string, account: string): Stop[] =>
  ["sessions", "changes", "requests"].flatMap((show): Stop[] => [
    ["Person", `${who}: ${show}`, `/customers/${person}?show=${show}`],
    ["Account", `${who}: ${show}`, `/customers/accounts/${account}?show=${show}`],
  ]);

const names = [
  {
    state: "a very long name",
    account:
      "Verwaltungsgesellschaft für Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte mbH & Co. KG",
    name: "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine Maximilian Theodor von und zu Hohenlohe",
    email:
      "hubert.blaine.wolfeschlegelsteinhausenbergerdorff@donaudampfschifffahrtsgesellschaft.test",
  },
  {
    state: "right to left",
    account: "شركة النور للتجارة والمقاولات",
    name: "فاطمة الزهراء بنت عبد الرحمن",
    email: "fatima@alnoor.test",
  },
  { state: "one letter", account: "李", name: "王", email: "w@x.test" },
];

test("names of all kinds", async ({ newcomer, signedIn, databases, shoot }) => {
  const { owner } = databases;
  for (const { state, ...who } of names) {
    const { subject } = await pushOne(owner, { ...who, role: "admin", title: who.name });
    if (!subject) throw new Error("It was not taken");
    const agent = await newcomer();
    const { page } = agent;
    await tour(page, shoot, [
      ["Names", `${state}: search`, `/?q=${encodeURIComponent(who.email)}`],
      ["Names", `${state}: person`, `/customers/${subject.id}`],
      ["Names", `${state}: account`, `/customers/accounts/${subject.account_id}`],
      ["Names", `${state}: start`, `/customers/${subject.id}/start`],
    ]);
    const sid = await started(agent, subject.id, {
      reason: `${who.name} asks about ${who.account}.`,
    });
    await tour(page, shoot, [
      ["Names", `${state}: strip`, "/sessions"],
      ["Names", `${state}: session`, `/sessions/${sid}`],
    ]);
    const { page: manager } = await signedIn(runa);
    await tour(manager, shoot, [
      ["Names", `${state}: live`, "/sessions/live"],
      ["Names", `${state}: sessions`, `/sessions?subject=${subject.id}`],
    ]);
  }
});
