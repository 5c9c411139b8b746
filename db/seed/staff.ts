import type { Role } from "#lib/vocabulary.ts";

export const staffId = (n: number) => `0197a000-0000-7000-8000-${String(n).padStart(12, "0")}`;

export type SeedPerson = {
  id: string;
  name: string;
  team: string;
  zone: string;
  managerId: string | null;
  roles: readonly Role[];
  /** Was of the staff, and left in the middle of a quarter. */
  hasLeft: boolean;
  /** Was given the roles only when the demo was set up: the past knows nothing of them. */
  isNew?: true;
};

const europe = { team: "Support Europe", zone: "Europe/Lisbon" };
const americas = { team: "Support Americas", zone: "America/Bogota" };
const berlin = "Europe/Berlin";
const [runa, ansel, kesi] = [staffId(3), staffId(4), staffId(6)];

const person = (
  n: number,
  name: string,
  place: { team: string; zone: string },
  managerId: string | null,
  ...roles: Role[]
): SeedPerson => ({ id: staffId(n), name, ...place, managerId, roles, hasLeft: false });

/** The staff of the demo, in the order of the sign-in page; managers may come after who reports to them. */
export const people: readonly SeedPerson[] = [
  person(1, "Teodora Quill", europe, runa, "agent"),
  person(2, "Nadim Ferrowe", americas, ansel, "agent"),
  person(3, "Runa Castellane", europe, kesi, "manager"),
  person(4, "Ansel Dray", americas, kesi, "manager", "agent"),
  person(5, "Mirela Osthoff", { team: "Compliance", zone: berlin }, null, "compliance"),
  person(6, "Kesi Lindqvaard", { team: "Operations", zone: berlin }, null, "admin"),
  person(7, "Suri Halvane", americas, ansel, "agent"),
  person(8, "Bram Okonvale", europe, runa, "agent"),
  person(9, "Ismene Marrowe", europe, runa, "agent"),
  person(10, "Oriel Vantreight", { ...europe, zone: berlin }, runa, "agent"),
  person(11, "Davi Santerro", americas, ansel, "agent"),
  { ...person(12, "Pavo Tindalle", europe, runa, "agent"), hasLeft: true },
  // A second admin: what one loosens, another accepts.
  {
    ...person(13, "Isolde Brandvik", { team: "Operations", zone: berlin }, null, "admin"),
    isNew: true,
  },
];

export const emailOf = (name: string): string =>
  `${name.toLowerCase().replace(" ", ".")}@alongside.test`;
