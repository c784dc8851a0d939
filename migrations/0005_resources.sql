-- What an organisation gives. `booking_seq` is the row that all who want the same resource share:
-- whoever raises it goes first, the others wait and then see what was taken (see resources/hold.rs).
-- dist
CREATE TABLE resource (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  owner_id {id} NOT NULL,
  class TEXT NOT NULL CHECK (class IN ('staff', 'technological', 'methodical')),
  kind TEXT NOT NULL,
  name TEXT NOT NULL {ru},
  name_key TEXT NOT NULL,
  description TEXT,
  person_id {id},
  place TEXT,
  travels {bool} NOT NULL,
  sharing TEXT NOT NULL CHECK (sharing IN ('exclusive', 'by_place', 'by_piece')),
  capacity {int} CHECK (capacity > 0),
  safety TEXT,
  conditions TEXT,
  audience TEXT,
  age_from {int},
  age_to {int},
  subject TEXT,
  licence TEXT,
  loanable {bool} NOT NULL,
  inventory_number TEXT,
  hours_per_week {int},
  decides_name TEXT,
  answer_days {int},
  lead_days {int} NOT NULL,
  cancel_rule TEXT,
  state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'paused', 'closed')),
  booking_seq {int} NOT NULL,
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, owner_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id),
  CHECK (class = 'methodical' OR capacity IS NOT NULL)
);
CREATE INDEX resource_by_name ON resource (network_id, name, id);
CREATE INDEX resource_by_class ON resource (network_id, class, name, id);
CREATE INDEX resource_by_owner ON resource (network_id, owner_id, name, id);
CREATE INDEX resource_by_kind ON resource (network_id, kind, name, id);
CREATE INDEX resource_by_person ON resource (network_id, person_id);

-- Weekly opening: weekday 1 is Monday, `opens` and `closes` are minutes of the local day.
-- A resource without a line is open at any time, by agreement.
-- dist
CREATE TABLE resource_hours (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  resource_id {id} NOT NULL,
  weekday {int} NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  opens {int} NOT NULL CHECK (opens >= 0),
  closes {int} NOT NULL CHECK (closes <= 1440),
  valid_from TEXT,
  valid_until TEXT,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, resource_id) REFERENCES resource (network_id, id),
  CHECK (opens < closes)
);
CREATE INDEX resource_hours_of ON resource_hours (network_id, resource_id, weekday, opens);

-- A day with other hours than its weekday's; without hours it is closed.
-- dist
CREATE TABLE resource_exception (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  resource_id {id} NOT NULL,
  on_date TEXT NOT NULL,
  opens {int},
  closes {int},
  reason TEXT,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, resource_id) REFERENCES resource (network_id, id)
);
CREATE INDEX resource_exception_of ON resource_exception (network_id, resource_id, on_date);

-- What is taken, when and by whom: one row for each booking that holds capacity, with the
-- booking's id. `place_id` is the organisation where it happens, empty at a distance.
-- dist
CREATE TABLE resource_hold (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  resource_id {id} NOT NULL,
  person_id {id},
  organisation_id {id} NOT NULL,
  place_id {id},
  starts_at {time} NOT NULL,
  ends_at {time} NOT NULL,
  headcount {int} NOT NULL CHECK (headcount > 0),
  units {int} NOT NULL CHECK (units > 0),
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, resource_id) REFERENCES resource (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  CHECK (starts_at < ends_at)
);
CREATE INDEX resource_hold_of ON resource_hold (network_id, resource_id, ends_at);
CREATE INDEX resource_hold_person ON resource_hold (network_id, person_id, ends_at);

-- The row that all who want the same person share, whichever resources the person stands behind.
-- dist
CREATE TABLE person_calendar (
  network_id {id} NOT NULL,
  person_id {id} NOT NULL,
  booking_seq {int} NOT NULL,
  PRIMARY KEY (network_id, person_id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);
