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

-- What came later. An existing Ledger is carried over: every statement may run again.

-- Names as they are sorted and searched: without accents, in lower case.
ALTER TABLE clients
  ADD COLUMN IF NOT EXISTS archived_at timestamptz,
  ADD COLUMN IF NOT EXISTS version integer NOT NULL DEFAULT 1,
  ADD COLUMN IF NOT EXISTS sort_key text GENERATED ALWAYS AS
    (lower(regexp_replace(normalize(name, NFD), '[\u0300-\u036f]', '', 'g'))) STORED;
-- The list is paged by (sort_key, id).
CREATE INDEX IF NOT EXISTS clients_page ON clients (account_id, sort_key, id);

ALTER TABLE users
  ADD COLUMN IF NOT EXISTS sort_key text GENERATED ALWAYS AS
    (lower(regexp_replace(normalize(name, NFD), '[\u0300-\u036f]', '', 'g'))) STORED,
  -- Base32. In force once a code of it was typed in; until then `totp_pending`.
  ADD COLUMN IF NOT EXISTS totp_secret text,
  ADD COLUMN IF NOT EXISTS totp_pending text,
  -- The last period of 30 s whose code was taken: a code is good once.
  ADD COLUMN IF NOT EXISTS totp_step bigint NOT NULL DEFAULT 0;
CREATE INDEX IF NOT EXISTS users_page ON users (account_id, sort_key, id);

-- For who lost their device: each stands in for one code of the second factor. A hash of the user's id and the code.
CREATE TABLE IF NOT EXISTS recovery_codes (
  user_id text NOT NULL REFERENCES users,
  code_hash text NOT NULL,
  PRIMARY KEY (user_id, code_hash)
);

-- Whoever has given the right password and still owes the code.
CREATE TABLE IF NOT EXISTS sign_in_steps (
  id_hash text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users,
  remember boolean NOT NULL,
  next text NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  expires_at timestamptz NOT NULL
);

-- How often a password or a code was wrong lately. A hash of whose it is.
CREATE TABLE IF NOT EXISTS tries (
  of_hash text PRIMARY KEY,
  wrong integer NOT NULL,
  since timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS recurring (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts,
  client_id text NOT NULL REFERENCES clients,
  every text NOT NULL CHECK (every IN ('month', 'quarter', 'year')),
  -- The day that is meant, where a month has it: the 31st is the 28th of February, and the 31st again in March.
  day integer NOT NULL CHECK (day BETWEEN 1 AND 31),
  next_on date NOT NULL,
  note text NOT NULL DEFAULT '',
  lines jsonb NOT NULL,
  total_cents bigint NOT NULL,
  paused boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1
);
-- The list is paged by (next_on, id); what is due is found among all accounts.
CREATE INDEX IF NOT EXISTS recurring_page ON recurring (account_id, next_on, id);
CREATE INDEX IF NOT EXISTS recurring_due ON recurring (next_on) WHERE NOT paused;
ALTER TABLE invoices ADD COLUMN IF NOT EXISTS recurring_id text REFERENCES recurring;
CREATE INDEX IF NOT EXISTS invoices_recurring ON invoices (recurring_id, number DESC) WHERE recurring_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS api_keys (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts,
  name text NOT NULL,
  -- The key itself is shown once and kept nowhere.
  key_hash text NOT NULL UNIQUE,
  last4 text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX IF NOT EXISTS api_keys_account ON api_keys (account_id, created_at DESC);

CREATE TABLE IF NOT EXISTS invites (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts,
  email text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'bookkeeper', 'member')),
  token_hash text NOT NULL UNIQUE,
  invited_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  withdrawn_at timestamptz
);
CREATE INDEX IF NOT EXISTS invites_account ON invites (account_id, created_at DESC);

CREATE TABLE IF NOT EXISTS share_links (
  id text PRIMARY KEY,
  account_id text NOT NULL,
  number integer NOT NULL,
  token_hash text NOT NULL UNIQUE,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  stopped_at timestamptz,
  FOREIGN KEY (account_id, number) REFERENCES invoices
);
CREATE INDEX IF NOT EXISTS share_links_invoice ON share_links (account_id, number, created_at DESC);

-- What happens in a company, newest first.
CREATE INDEX IF NOT EXISTS history_account ON history (account_id, id DESC);
