-- Ledger's own tables. Nothing here knows of Alongside but history.session, which says in which
-- impersonation a change was made; the customer sees the author's name only.

CREATE TABLE IF NOT EXISTS ledger_facts (name text PRIMARY KEY, value text NOT NULL);

CREATE TABLE IF NOT EXISTS accounts (
  id text PRIMARY KEY,
  name text NOT NULL,
  tier text NOT NULL CHECK (tier IN ('standard', 'enterprise', 'regulated')),
  impersonation text NOT NULL CHECK (impersonation IN ('allowed', 'opted_out', 'closed')),
  address text NOT NULL DEFAULT '',
  vat_id text NOT NULL DEFAULT '',
  default_vat integer NOT NULL DEFAULT 21,
  payment_days integer NOT NULL DEFAULT 30,
  footer text NOT NULL DEFAULT '',
  version integer NOT NULL DEFAULT 1,
  region text,
  terms_version text
);
-- Of a Ledger that was there before them.
ALTER TABLE accounts ADD COLUMN IF NOT EXISTS region text, ADD COLUMN IF NOT EXISTS terms_version text;

CREATE TABLE IF NOT EXISTS users (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts,
  name text NOT NULL,
  email text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'bookkeeper', 'member')),
  vip boolean NOT NULL DEFAULT false,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'deactivated')),
  kind text NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'service')),
  lang text,
  password_hash text,
  last_seen_at timestamptz,
  UNIQUE (account_id, email)
);
-- Sign-in is by e-mail alone, and one e-mail may be used in several accounts.
CREATE INDEX IF NOT EXISTS users_email ON users (lower(email));

CREATE TABLE IF NOT EXISTS sign_ins (
  id_hash text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users,
  remember boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS clients (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts,
  name text NOT NULL,
  email text NOT NULL,
  city text NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS clients_account ON clients (account_id, name);

CREATE TABLE IF NOT EXISTS invoices (
  account_id text NOT NULL REFERENCES accounts,
  number integer NOT NULL,
  client_id text NOT NULL REFERENCES clients,
  status text NOT NULL CHECK (status IN ('draft', 'sent', 'paid')),
  issued_on date NOT NULL,
  due_on date NOT NULL,
  paid_on date,
  note text NOT NULL DEFAULT '',
  total_cents bigint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, number)
);
-- The list is paged by (issued_on, number), newest first.
CREATE INDEX IF NOT EXISTS invoices_page ON invoices (account_id, issued_on DESC, number DESC);
CREATE INDEX IF NOT EXISTS invoices_client ON invoices (client_id, issued_on DESC);

CREATE TABLE IF NOT EXISTS invoice_lines (
  account_id text NOT NULL,
  number integer NOT NULL,
  position integer NOT NULL,
  description text NOT NULL,
  quantity numeric(12, 2) NOT NULL,
  price_cents bigint NOT NULL,
  vat integer NOT NULL,
  PRIMARY KEY (account_id, number, position),
  FOREIGN KEY (account_id, number) REFERENCES invoices ON DELETE CASCADE
);

CREATE TABLE IF NOT EXISTS messages (
  id bigserial PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts,
  client_id text NOT NULL REFERENCES clients,
  subject text NOT NULL,
  body text NOT NULL,
  author text NOT NULL,
  sent_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS messages_client ON messages (client_id, sent_at DESC);

CREATE TABLE IF NOT EXISTS history (
  id bigserial PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts,
  -- 'invoice 2213', 'settings', 'client cli_…'
  about text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  author text NOT NULL,
  session text,
  what text NOT NULL,
  changes jsonb NOT NULL DEFAULT '[]'
);
CREATE INDEX IF NOT EXISTS history_about ON history (account_id, about, id DESC);

CREATE TABLE IF NOT EXISTS tickets (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts,
  user_id text REFERENCES users,
  title text NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'closed')),
  assignee_email text
);
