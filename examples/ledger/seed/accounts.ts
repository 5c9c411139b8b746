type Seeded = {
  name: string;
  domain: string;
  id?: string;
  tier: "standard" | "enterprise" | "regulated";
  impersonation: "allowed" | "opted_out" | "closed";
  users?: number;
};

const known: readonly Seeded[] = [
  {
    name: "Tallowfield Clinics",
    domain: "tallowfield",
    id: "acc_91TLWF",
    tier: "regulated",
    impersonation: "allowed",
    users: 214,
  },
  {
    name: "Pebblewick Bakery",
    domain: "pebblewick",
    tier: "standard",
    impersonation: "allowed",
    users: 18,
  },
  {
    name: "Quennell Freight",
    domain: "quennell",
    tier: "enterprise",
    impersonation: "allowed",
    users: 310,
  },
  {
    name: "Kitehill Studio",
    domain: "kitehill",
    tier: "standard",
    impersonation: "opted_out",
    users: 12,
  },
  { name: "Oxbow Tannery", domain: "oxbow", tier: "standard", impersonation: "allowed", users: 26 },
  {
    name: "Lumen & Thatch",
    domain: "lumenthatch",
    tier: "standard",
    impersonation: "allowed",
    users: 31,
  },
  {
    name: "Corvale Mutual",
    domain: "corvale",
    tier: "regulated",
    impersonation: "closed",
    users: 140,
  },
  {
    name: "Sundermere Trust",
    domain: "sundermere",
    tier: "regulated",
    impersonation: "allowed",
    users: 260,
  },
  {
    name: "Ardent Loom",
    domain: "ardentloom",
    tier: "standard",
    impersonation: "allowed",
    users: 22,
  },
];

const others =
  "Alder & Finch,Barrow Optics,Cindermoor Brewing,Dapple Nursery,Eddystone Rope,Fernhollow Dental,Glasswing Travel,Hearthside Tiles,Inkwell Press,Juniper Cycles,Kelpway Seafood,Larkspur Legal,Millrace Power,Nettlecombe Schools,Orrery Instruments,Pinnacle Salt,Quarryside Stone,Rookery Games,Saltmarsh Surveys,Thornbury Glass,Umberfield Paints,Vellum Archives,Wexcombe Water,Yarrowdale Farms,Zephyr Kites,Amberwick Audio,Brindle Veterinary,Copperline Rail,Driftwood Hotels,Emberly Ceramics,Foxglove Florists,Grindstone Tools,Hollowell Theatre,Isleworth Ferries,Jackdaw Post,Kestrel Couriers,Lanternhill Care,Marlpit Bricks,Nightjar Security,Ostler Stables,Plumbline Builders,Quillon Fencing,Redfern Insurance,Stillwater Pools,Tidewrack Dredging,Upland Wool,Verdigris Roofing,Withy Baskets,Yewtree Funerals,Bellfound Chimes,Cloudberry Foods".split(
    ",",
  );

/** Sixty customers. Every seventh of the rest is enterprise, every ninth regulated, five opted out. */
export const seededAccounts: readonly Seeded[] = [
  ...known,
  ...others.map((name, index): Seeded => {
    const domain = name.toLowerCase().replace(/[^a-z]/g, "");
    const tier = index % 9 === 4 ? "regulated" : index % 7 === 2 ? "enterprise" : "standard";
    return { name, domain, tier, impersonation: index % 11 === 6 ? "opted_out" : "allowed" };
  }),
];

export const userCount = 5000;
