import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Near } from "./facts.ts";
import { domainOf, surnamesOf } from "./names.ts";

type Row = {
  id: string;
  actorName: string;
  actorEmail: string;
  subjectName: string;
  subjectEmail: string;
  lang: string | null;
};

const select = preparedStatement<Row>(
  "findings_names",
  `select s.id, btrim(fold(p.name)) as "actorName", p.email as "actorEmail", u.search_name as "subjectName",
     u.email as "subjectEmail", u.lang
   from sessions s join staff p on p.id = s.actor_id join subjects u on u.id = s.subject_id where s.id = any($1::uuid[])`,
);

/** How many have a word in their name (kinds 3 and 5), or a whole name (kind 1); above a bound it is common anyhow. */
const selectPeople = preparedStatement<{ people: number; of: number }>(
  "findings_namesakes",
  `select (select count(distinct subject_id)::integer from (select subject_id from name_tokens
       where kind = any($2::smallint[]) and token = left($1, 64) limit 5000) t) as people,
     greatest((select reltuples from pg_class where oid = 'subjects'::regclass), 0)::integer as of`,
);

const selectDomains = preparedStatement<{ domain: string }>(
  "findings_own_domains",
  `select lower(split_part(email, '@', 2)) as domain from staff where status = 'active' group by 1
   having count(*) * 3 >= (select count(*) from staff where status = 'active')`,
);

/** Where subjects are near to who stands in for them, by session. What a third of the staff have is the company's own domain. */
export async function loadNear(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, Near>> {
  const near = new Map<string, Near>();
  let own: Set<string> | null = null;
  for (const row of await select(tx, ids)) {
    const name = await byName(tx, row);
    if (name) near.set(row.id, name);
    const domain = domainOf(row.actorEmail);
    if (name || domain === null || domain !== domainOf(row.subjectEmail)) continue;
    own ??= new Set((await selectDomains(tx)).map((one) => one.domain));
    if (!own.has(domain)) near.set(row.id, { by: "domain", what: domain });
  }
  return near;
}

async function byName(tx: Transaction, row: Row): Promise<Near | null> {
  if (row.actorName === row.subjectName && row.actorName !== "") {
    const [found] = await selectPeople(tx, row.actorName, [1]);
    return found ? { by: "name", what: row.actorName, ...found } : null;
  }
  const theirs = surnamesOf(row.subjectName, row.lang);
  const what = surnamesOf(row.actorName, null).find((surname) => theirs.includes(surname));
  if (what === undefined) return null;
  const [found] = await selectPeople(tx, what, [3, 5]);
  return found ? { by: "surname", what, ...found } : null;
}
