-- One file (or pasted table) on its way into the network. `setup` is what the person said besides
-- the file, `sheets` what was found in it, `tally` what came of it.
-- dist
CREATE TABLE import_batch (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ready', 'applied', 'undone', 'cancelled')),
  organisation_id {id},
  file_name TEXT NOT NULL,
  file_hash {bytes} NOT NULL,
  setup {json} NOT NULL,
  sheets {json} NOT NULL,
  tally {json} NOT NULL,
  created_at {time} NOT NULL,
  created_by {id} NOT NULL,
  ended_at {time},
  ended_by {id},
  purged {bool} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id)
);
CREATE INDEX import_batch_latest ON import_batch (network_id, created_at, id);
CREATE INDEX import_batch_file ON import_batch (network_id, kind, file_hash, created_at);

-- The bytes as they were sent: read again whenever columns or cells are mended. Gone after 30 days.
-- dist
CREATE TABLE import_file (
  network_id {id} NOT NULL,
  batch_id {id} NOT NULL,
  content {bytes} NOT NULL,
  PRIMARY KEY (network_id, batch_id),
  FOREIGN KEY (network_id, batch_id) REFERENCES import_batch (network_id, id)
);

-- A row of the file, what it would do, and after the import what it did. `before_image` is what
-- undoing puts back. Gone after 30 days.
-- dist
CREATE TABLE import_row (
  network_id {id} NOT NULL,
  batch_id {id} NOT NULL,
  place {int} NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('new', 'changed', 'same', 'duplicate', 'error')),
  warned {bool} NOT NULL,
  decision TEXT,
  content {json} NOT NULL,
  outcome TEXT CHECK (outcome IN ('added', 'changed', 'same', 'skipped', 'refused')),
  record_id {id},
  record_version {int},
  before_image {json},
  undone TEXT CHECK (undone IN ('removed', 'restored', 'kept')),
  PRIMARY KEY (network_id, batch_id, place),
  FOREIGN KEY (network_id, batch_id) REFERENCES import_batch (network_id, id)
);
CREATE INDEX import_row_by_status ON import_row (network_id, batch_id, status, place);

-- What each header meant last time. The network's own files have the id of zeros.
-- dist
CREATE TABLE import_mapping (
  network_id {id} NOT NULL,
  kind TEXT NOT NULL,
  organisation_id {id} NOT NULL,
  headers {json} NOT NULL,
  PRIMARY KEY (network_id, kind, organisation_id)
);

-- The row that all imports of a kind share: they are applied one after the other.
-- dist
CREATE TABLE import_turn (
  network_id {id} NOT NULL,
  kind TEXT NOT NULL,
  turn {int} NOT NULL,
  PRIMARY KEY (network_id, kind)
);
