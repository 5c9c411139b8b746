import pg from "pg";

export type Login = { name: string; password: string };
export type OwnedDatabase = { name: string; owner: Login; users: Login[] };

/** Runs statements one by one as one connection of this URL. */
export async function withClient<T>(
  url: string,
  run: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

/** Roles that may sign in and nothing else; a password that changed follows. */
export async function ensureRole(client: pg.Client, { name, password }: Login): Promise<void> {
  const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [name]);
  const role = pg.escapeIdentifier(name);
  if (!rowCount) await client.query(`create role ${role} login`);
  await client.query(`alter role ${role} password ${pg.escapeLiteral(password)}`);
}

/** A database that only its owner and these users may connect to. Again and again: what is there stays. */
export async function ensureDatabase(client: pg.Client, database: OwnedDatabase): Promise<void> {
  for (const role of [database.owner, ...database.users]) await ensureRole(client, role);
  const name = pg.escapeIdentifier(database.name);
  const owner = pg.escapeIdentifier(database.owner.name);
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [
    database.name,
  ]);
  if (!rowCount) await client.query(`create database ${name} owner ${owner}`);
  await client.query(`revoke all on database ${name} from public`);
  for (const user of database.users)
    await client.query(`grant connect on database ${name} to ${pg.escapeIdentifier(user.name)}`);
}

/** The same server, another database and role. */
export function urlFor(url: string, database: string, login?: Login): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  if (login) {
    other.username = encodeURIComponent(login.name);
    other.password = encodeURIComponent(login.password);
  }
  return other.href;
}
