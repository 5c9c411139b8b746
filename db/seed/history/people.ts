import { type Role, roles } from "#lib/vocabulary.ts";
import { emailOf, people, staffId } from "../staff.ts";
import { addDays, companyZone, dayAt, type Span, timeAt } from "./calendar.ts";

/** A role and when it was held; `until` null: still. */
export type Grant = {
  role: Role;
  from: Date;
  until: Date | null;
  lookingOnly: boolean;
  isSetUp?: true;
};
export type Colleague = {
  id: string;
  name: string;
  email: string;
  team: string;
  zone: string;
  managerId: string | null;
  kind: "person" | "service";
  /** Of the seed: set up and not added by an admin. */
  isFounder: boolean;
  addedAt: Date;
  leftAt: Date | null;
  grants: Grant[];
  /** Sessions, against others. */
  load: number;
  /** From when on they only look. */
  looksFrom: Date | null;
};

function idOf(name: string): string {
  const found = people.find((person) => person.name === name);
  if (!found) throw new Error(`${name} is not of the seed`);
  return found.id;
}
export const kesi = idOf("Kesi Lindqvaard");
export const mirela = idOf("Mirela Osthoff");
export const runa = idOf("Runa Castellane");
export const ansel = idOf("Ansel Dray");

const europe = { team: "Support Europe", zone: "Europe/Lisbon" };
const berlin = { team: "Support Europe", zone: companyZone };
const americas = { team: "Support Americas", zone: "America/Bogota" };
const office = { zone: companyZone };

type Newcomer = {
  name: string;
  place: { team: string; zone: string };
  managerId: string;
  role: Role;
  /** Weeks before the first quarter; negative: within it. */
  weeks: number;
  load?: number;
  lookingOnly?: true;
  kind?: "service";
};

const newcomers: readonly Newcomer[] = [
  { name: "Linnea Sorrel", place: europe, managerId: runa, role: "agent", weeks: 18, load: 1.1 },
  {
    name: "Joren Haldt",
    place: berlin,
    managerId: runa,
    role: "agent",
    weeks: 9,
    load: 0.9,
    lookingOnly: true,
  },
  { name: "Marit Pell", place: berlin, managerId: runa, role: "agent", weeks: 14, load: 1 },
  {
    name: "Rafael Cintra",
    place: americas,
    managerId: ansel,
    role: "agent",
    weeks: 16,
    load: 1.15,
  },
  {
    name: "Lucia Fenwright",
    place: americas,
    managerId: ansel,
    role: "agent",
    weeks: -3,
    load: 0.9,
  },
  { name: "Wanda Thorley", place: americas, managerId: ansel, role: "agent", weeks: 20, load: 0 },
  { name: "Tobias Kerrigan", place: americas, managerId: ansel, role: "agent", weeks: 12, load: 0 },
  { name: "Edda Lindvall", place: berlin, managerId: kesi, role: "manager", weeks: 19 },
  { name: "Paloma Vidriales", place: americas, managerId: kesi, role: "manager", weeks: 15 },
  {
    name: "Henrike Solvang",
    place: { team: "Compliance", ...office },
    managerId: mirela,
    role: "compliance",
    weeks: 17,
  },
  {
    name: "Status probe",
    place: { team: "Operations", ...office },
    managerId: kesi,
    role: "agent",
    weeks: 11,
    lookingOnly: true,
    kind: "service",
  },
];

/** How much the seed's agents do, against each other. */
const loads: Record<string, number> = {
  "Teodora Quill": 1.2,
  "Nadim Ferrowe": 1.05,
  "Ansel Dray": 0.35,
  "Suri Halvane": 1,
  "Bram Okonvale": 1,
  "Ismene Marrowe": 0.85,
  "Oriel Vantreight": 0.8,
  "Davi Santerro": 1.1,
  "Pavo Tindalle": 0.9,
};

/** Who gives acting back in the newer review, and had stopped to act before. */
const reducedName = "Davi Santerro";

/** A stand-in for a manager on holiday: a role given and taken within one quarter. */
const standIns = [
  { name: "Oriel Vantreight", quarter: "first", from: 0.45, until: 0.62 },
  { name: "Bram Okonvale", quarter: "second", from: 0.2, until: 0.42 },
] as const;

/** Since when the seed's people are there: well before anything happens. */
export const foundedAt = ({ first }: Span): Date =>
  timeAt(addDays(first.firstDay, -170), 9 * 60, companyZone);

/** When somebody left in the middle of the newer quarter. */
export const leftAt = ({ second, until }: Span): Date =>
  timeAt(dayAt(second, until, 0.57), 11 * 60 + 20, companyZone);

/** Everybody on the staff, with every role that they held. */
export function colleaguesOf(span: Span): Colleague[] {
  const founders = people.map(
    (person): Colleague => ({
      ...{
        id: person.id,
        name: person.name,
        email: emailOf(person.name),
        managerId: person.managerId,
      },
      ...{ team: person.team, zone: person.zone, kind: "person", isFounder: true },
      addedAt: foundedAt(span),
      leftAt: person.hasLeft ? leftAt(span) : null,
      grants: [
        ...person.roles.map((role) => ({
          role,
          // Only now: no review of before is about it.
          from: person.isNew ? timeAt(span.until, 9 * 60, companyZone) : foundedAt(span),
          until: null,
          lookingOnly: false,
          isSetUp: true as const,
        })),
        ...standIns
          .filter(({ name }) => name === person.name)
          .map(
            ({ quarter, from, until }): Grant => ({
              role: "manager",
              from: timeAt(dayAt(span[quarter], span.until, from), 9 * 60 + 4, companyZone),
              until: timeAt(dayAt(span[quarter], span.until, until), 17 * 60 + 31, companyZone),
              lookingOnly: false,
            }),
          ),
      ],
      load: loads[person.name] ?? 0,
      looksFrom:
        person.name === reducedName
          ? timeAt(dayAt(span.second, span.until, 0.5), 0, companyZone)
          : null,
    }),
  );
  return [...founders, ...newcomers.map((one, index) => newcomer(span, one, index))];
}

function newcomer({ first }: Span, one: Newcomer, index: number): Colleague {
  const addedAt = timeAt(
    addDays(first.firstDay, -7 * one.weeks + 1),
    9 * 60 + 17 * index,
    companyZone,
  );
  return {
    ...{
      id: staffId(21 + index),
      name: one.name,
      email: emailOf(one.name),
      managerId: one.managerId,
    },
    ...{ team: one.place.team, zone: one.place.zone, kind: one.kind ?? "person", isFounder: false },
    addedAt,
    leftAt: null,
    grants: [{ role: one.role, from: addedAt, until: null, lookingOnly: one.lookingOnly ?? false }],
    load: one.load ?? 0,
    looksFrom: one.lookingOnly ? addedAt : null,
  };
}

/** The roles that somebody held at a moment, in the order of the vocabulary. */
export function rolesAt({ grants }: Pick<Colleague, "grants">, at: Date): Role[] {
  const held = grants.filter(({ from, until }) => from <= at && (until === null || at < until));
  return roles.filter((role) => held.some((grant) => grant.role === role));
}
