-- What was uploaded, by its content: the bytes lie in the files folder under their SHA-256.
-- `used_at` is the last time somebody brought or let go of the content; `going` means that the
-- sweep is taking the bytes away.
-- dist
CREATE TABLE file_content (
  network_id {id} NOT NULL,
  sha256 {bytes} NOT NULL,
  size {int} NOT NULL,
  used_at {time} NOT NULL,
  going {bool} NOT NULL,
  PRIMARY KEY (network_id, sha256)
);

-- A file of a record: who brought it, and what they called it.
-- dist
CREATE TABLE file (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  kind TEXT NOT NULL,
  record_id {id} NOT NULL,
  sha256 {bytes} NOT NULL,
  size {int} NOT NULL,
  media TEXT NOT NULL CHECK (media IN ('pdf', 'docx', 'xlsx', 'xls', 'ods', 'odt', 'png', 'jpeg', 'txt', 'csv')),
  name TEXT NOT NULL,
  uploaded_by {id},
  uploaded_at {time} NOT NULL,
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, kind, record_id, sha256),
  FOREIGN KEY (network_id, sha256) REFERENCES file_content (network_id, sha256)
);
CREATE INDEX file_by_content ON file (network_id, sha256);

-- What is to be done after the deed and outside its transaction. A job that was done is gone.
-- `again`: asked for once more while it was being done.
-- dist
CREATE TABLE job (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  kind TEXT NOT NULL,
  key TEXT,
  payload {json} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'failed')),
  run_at {time} NOT NULL,
  attempts {int} NOT NULL,
  locked_until {time} NOT NULL,
  again {bool} NOT NULL,
  last_error TEXT,
  made_at {time} NOT NULL,
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, key)
);
CREATE INDEX job_due ON job (network_id, state, run_at);
