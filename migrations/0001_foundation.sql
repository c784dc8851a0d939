-- The directory that all networks share. A network's id never changes.
-- ref
CREATE TABLE network (
  id {id} NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  territory TEXT NOT NULL,
  founder TEXT,
  area_code TEXT NOT NULL,
  is_demo {bool} NOT NULL,
  created_at {time} NOT NULL
);

-- local
CREATE TABLE login (
  id {id} NOT NULL PRIMARY KEY,
  network_id {id} NOT NULL REFERENCES network (id),
  person_id {id} NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password TEXT NOT NULL,
  totp TEXT,
  totp_step {int} NOT NULL,
  disabled {bool} NOT NULL,
  created_at {time} NOT NULL
);
CREATE INDEX login_person ON login (network_id, person_id);

-- local
CREATE TABLE session (
  token {bytes} NOT NULL PRIMARY KEY,
  login_id {id} NOT NULL REFERENCES login (id),
  network_id {id} NOT NULL,
  person_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('web', 'token')),
  made_at {time} NOT NULL,
  seen_at {time} NOT NULL,
  ends_at {time} NOT NULL
);
CREATE INDEX session_login ON session (login_id);
CREATE INDEX session_person ON session (network_id, person_id);

-- What each key was answered, so that a thing sent twice is done once.
-- dist
CREATE TABLE idempotency (
  network_id {id} NOT NULL,
  actor {id} NOT NULL,
  key TEXT NOT NULL,
  fingerprint {bytes} NOT NULL,
  answer TEXT NOT NULL,
  at {time} NOT NULL,
  PRIMARY KEY (network_id, actor, key)
);
CREATE INDEX idempotency_at ON idempotency (network_id, at);

-- Ids and names of fields, never values. `place` and `seal` are put by the sealing job.
-- dist
CREATE TABLE audit_entry (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  at {time} NOT NULL,
  actor {id},
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  object {id},
  fields TEXT NOT NULL,
  request TEXT NOT NULL,
  place {int},
  seal {bytes},
  PRIMARY KEY (network_id, id)
);
CREATE INDEX audit_object ON audit_entry (network_id, kind, object, id);
CREATE INDEX audit_unsealed ON audit_entry (network_id, id) WHERE place IS NULL;
CREATE UNIQUE INDEX audit_place ON audit_entry (network_id, place);

-- The children whose records one entry read.
-- dist
CREATE TABLE audit_subject (
  network_id {id} NOT NULL,
  entry_id {id} NOT NULL,
  person_id {id} NOT NULL,
  PRIMARY KEY (network_id, entry_id, person_id),
  FOREIGN KEY (network_id, entry_id) REFERENCES audit_entry (network_id, id)
);
CREATE INDEX audit_subject_person ON audit_subject (network_id, person_id, entry_id);

-- dist
CREATE TABLE audit_head (
  network_id {id} NOT NULL PRIMARY KEY,
  place {int} NOT NULL,
  seal {bytes} NOT NULL
);

-- dist
CREATE TABLE search_term (
  network_id {id} NOT NULL,
  term TEXT NOT NULL,
  kind TEXT NOT NULL,
  record_id {id} NOT NULL,
  weight {int} NOT NULL,
  PRIMARY KEY (network_id, kind, term, record_id)
);
CREATE INDEX search_record ON search_term (network_id, kind, record_id);

-- What somebody was typing; cleared when the form is saved and at sign-out.
-- dist
CREATE TABLE draft (
  network_id {id} NOT NULL,
  person_id {id} NOT NULL,
  form TEXT NOT NULL,
  body TEXT NOT NULL,
  saved_at {time} NOT NULL,
  PRIMARY KEY (network_id, person_id, form)
);

-- A list's filter under a name.
-- dist
CREATE TABLE saved_view (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  person_id {id} NOT NULL,
  list TEXT NOT NULL,
  name TEXT NOT NULL {ru},
  query TEXT NOT NULL,
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, person_id, list, name)
);
