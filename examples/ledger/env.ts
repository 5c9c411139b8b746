/** Ledger's settings, read once. @throws with the name of what is missing. */
function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const env = {
  port: Number(process.env.LEDGER_PORT ?? 3001),
  url: new URL(process.env.LEDGER_URL ?? `http://127.0.0.1:${process.env.LEDGER_PORT ?? 3001}`)
    .origin,
  databaseUrl: required("LEDGER_DATABASE_URL"),
  alongsideUrl: required("ALONGSIDE_URL").replace(/\/$/, ""),
  clientId: process.env.LEDGER_CLIENT_ID ?? "ledger",
  clientSecret: required("LEDGER_CLIENT_SECRET"),
};
