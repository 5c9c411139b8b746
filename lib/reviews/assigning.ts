/**
 * Whether this candidate may review `of`: not themselves, not who granted it, not who reports to them, through whatever
 * account.
 */
const suits = (candidate: string) =>
  `${candidate} <> of.staff_id and ${candidate} is distinct from of.granted_by
        and (${candidate}, of.staff_id) not in (select id, twin from twins)
        and (${candidate}, coalesce(of.granted_by, of.staff_id)) not in (select id, twin from twins)
        and (${candidate}, of.staff_id) not in (select person, boss from reports)`;

/** The one whose turn it is; where that one may not, the next who may, beginning at another one each time round. */
const next = (set: string) => `coalesce(
      (select r.id from ${set} r where r.rank = of.turn % r.all_of_them and ${suits("r.id")}),
      (select r.id from ${set} r where ${suits("r.id")}
        order by (r.rank + r.all_of_them - (of.turn + 1 + of.turn / r.all_of_them) % r.all_of_them) % r.all_of_them limit 1))`;

/**
 * The rule by which a grant gets its reviewer, as the common table expressions that a query goes on with: `given` says for
 * each grant of `held` (grant_id, staff_id, role, granted_at, granted_by, name) who reviews it and how they came to it. The
 * nearest manager in the person's own line who may; else the managers in turn; else compliance in turn; else nobody.
 * Service accounts answer for nothing.
 */
export const assigning = `reviewers as materialized (
  select s.id, r.role, row_number() over (partition by r.role order by s.name, s.id) - 1 as rank,
    count(*) over (partition by r.role) as all_of_them
  from staff_roles r join staff s on s.id = r.staff_id
  where r.role in ('manager', 'compliance') and r.revoked_at is null and s.status = 'active' and s.kind = 'person'),
managers as materialized (select * from reviewers where role = 'manager'),
compliance as materialized (select * from reviewers where role = 'compliance'),
twins as materialized (
  select a.id, b.id as twin from staff a join staff b on b.person_id = a.person_id and b.id <> a.id),
line (person, boss, depth) as (
  select s.id, s.manager_id, 1 from staff s where s.manager_id is not null and s.id in (select staff_id from held)
  union all
  select l.person, s.manager_id, l.depth + 1 from line l join staff s on s.id = l.boss where s.manager_id is not null)
  cycle boss set again using path,
upwards_of (person, boss) as (
  select s.person_id, b.person_id from staff s join staff b on b.id = s.manager_id
  where s.person_id in (select p.person_id from staff p where p.id in (select id from reviewers))
  union
  select u.person, b.person_id from upwards_of u join staff s on s.person_id = u.boss join staff b on b.id = s.manager_id),
reports as materialized (
  select r.id as person, b.id as boss from upwards_of u
    join staff r on r.person_id = u.person and r.id in (select id from reviewers) join staff b on b.person_id = u.boss),
above as (
  select distinct on (of.grant_id) of.grant_id, l.boss as reviewer_id, l.depth
  from held of join line l on l.person = of.staff_id join managers m on m.id = l.boss
  where ${suits("l.boss")}
  order by of.grant_id, l.depth),
rest as (
  select of.*, row_number() over (order by of.name, of.staff_id, of.role, of.granted_at, of.grant_id) - 1 as turn
  from held of where of.grant_id not in (select grant_id from above)),
beside as materialized (
  select of.*, ${next("managers")} as reviewer_id from rest of),
given as (
  select grant_id, reviewer_id, case depth when 1 then 'manager' else 'higher_manager' end as reviewer_how from above
  union all
  select grant_id, reviewer_id, 'other_manager' from beside where reviewer_id is not null
  union all
  select of.grant_id, c.reviewer_id, case when c.reviewer_id is not null then 'compliance' end
  from beside of cross join lateral (select ${next("compliance")} as reviewer_id) c where of.reviewer_id is null)`;
