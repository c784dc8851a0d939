-- `name`, `short_name` are those of today; every name there ever was stands in organisation_name.
-- dist
CREATE TABLE organisation (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('general', 'preschool', 'additional')),
  subkind TEXT,
  legal_kind TEXT,
  name TEXT NOT NULL {ru},
  short_name TEXT NOT NULL {ru},
  name_key TEXT NOT NULL,
  inn TEXT,
  kpp TEXT,
  ogrn TEXT,
  licence TEXT,
  address TEXT,
  latitude {real},
  longitude {real},
  phones TEXT NOT NULL,
  email TEXT,
  site TEXT,
  head_name TEXT,
  about TEXT,
  synthetic_name {bool} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'active', 'suspended', 'reorganised', 'closed')),
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id)
);
CREATE INDEX organisation_by_name ON organisation (network_id, short_name, id);
CREATE INDEX organisation_by_kind ON organisation (network_id, kind, short_name, id);
CREATE INDEX organisation_by_key ON organisation (network_id, name_key);
CREATE UNIQUE INDEX organisation_inn ON organisation (network_id, inn) WHERE inn IS NOT NULL;
CREATE UNIQUE INDEX organisation_ogrn ON organisation (network_id, ogrn) WHERE ogrn IS NOT NULL;

-- dist
CREATE TABLE organisation_name (
  network_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  from_date TEXT NOT NULL,
  name TEXT NOT NULL,
  short_name TEXT NOT NULL,
  reason TEXT,
  PRIMARY KEY (network_id, organisation_id, from_date),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);

-- dist
CREATE TABLE organisation_focus (
  network_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  focus TEXT NOT NULL,
  PRIMARY KEY (network_id, organisation_id, focus),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX organisation_by_focus ON organisation_focus (network_id, focus, organisation_id);

-- Other buildings; resources stand in one of them.
-- dist
CREATE TABLE organisation_place (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  latitude {real},
  longitude {real},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX organisation_place_of ON organisation_place (network_id, organisation_id);

-- Who went over into whom: history stays with the predecessor.
-- dist
CREATE TABLE organisation_successor (
  network_id {id} NOT NULL,
  predecessor_id {id} NOT NULL,
  successor_id {id} NOT NULL,
  on_date TEXT NOT NULL,
  reason TEXT,
  PRIMARY KEY (network_id, predecessor_id, successor_id),
  FOREIGN KEY (network_id, predecessor_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, successor_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX organisation_successor_of ON organisation_successor (network_id, successor_id);
