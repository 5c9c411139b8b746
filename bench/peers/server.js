// A trivial HTTP server around better-auth with its admin plugin, on the database that DATABASE_URL names. Says to its
// parent where it listens, an administrator's cookie, and whom they may impersonate.
import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { admin } from "better-auth/plugins";
import pg from "pg";

// It waits while the other side has its turn.
const server = createServer({ keepAliveTimeout: 300_000 });
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const url = `http://127.0.0.1:${server.address().port}`;
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const options = {
  baseURL: url,
  secret: "a secret of the bench that protects nothing",
  database: pool,
  emailAndPassword: { enabled: true },
  // Ours counts too, but no limit is to be met here.
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  plugins: [admin()],
};
await (await getMigrations(options)).runMigrations();
const auth = betterAuth(options);

const people = ["admin", "customer"].map((name) => ({
  name,
  email: `${name}@bench.test`,
  password: "a password of the bench",
}));
const [boss, customer] = await Promise.all(
  people.map(async (body) => (await auth.api.signUpEmail({ body })).user),
);
await pool.query(`update "user" set role = 'admin' where id = $1`, [boss.id]);
const { headers } = await auth.api.signInEmail({ body: people[0], returnHeaders: true });
server.on("request", toNodeHandler(auth));
const cookie = headers.getSetCookie().map((line) => line.split(";", 1)[0]);
process.send({ url, cookie: cookie.join("; "), userId: customer.id });
process.on("disconnect", () => process.exit(0));
