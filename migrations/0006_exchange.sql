-- A visit, a stay or a loan of one resource for one organisation. The owner's id and the class are
-- copied, as they were; what it holds of the resource stands in resource_hold under the same id.
-- `…_amount` is minutes, for a loan days. `agreed_…` is what both sides stated alike: only that
-- counts, and it is 0 until then.
-- dist
CREATE TABLE booking (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  resource_id {id} NOT NULL,
  owner_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  class TEXT NOT NULL,
  form TEXT NOT NULL CHECK (form IN ('stay', 'visit', 'loan')),
  person_id {id},
  series_id {id},
  cart_id {id},
  need_id {id},
  number {int} NOT NULL,
  starts_at {time} NOT NULL,
  ends_at {time} NOT NULL,
  headcount {int} NOT NULL CHECK (headcount > 0),
  units {int} NOT NULL CHECK (units > 0),
  purpose TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('in_person', 'distance')),
  state TEXT NOT NULL CHECK (state IN ('requested', 'countered', 'planned', 'took_place', 'confirmed', 'disputed',
    'declined', 'cancelled', 'did_not_take_place', 'moved')),
  reason TEXT,
  asked_resource_id {id},
  asked_starts_at {time},
  asked_ends_at {time},
  moved_from {id},
  moved_to {id},
  owner_headcount {int},
  owner_amount {int},
  owner_stated_by {id},
  owner_stated_at {time},
  asker_headcount {int},
  asker_amount {int},
  asker_stated_by {id},
  asker_stated_at {time},
  agreed_headcount {int} NOT NULL,
  agreed_minutes {int} NOT NULL,
  agreed_days {int} NOT NULL,
  owner_quality TEXT CHECK (owner_quality IN ('yes', 'partly', 'no')),
  owner_comment TEXT,
  asker_quality TEXT CHECK (asker_quality IN ('yes', 'partly', 'no')),
  asker_comment TEXT,
  handed_on TEXT,
  taken_back_on TEXT,
  inventory_number TEXT,
  responsible TEXT,
  loan_note TEXT,
  school_year {int} NOT NULL,
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, resource_id) REFERENCES resource (network_id, id),
  FOREIGN KEY (network_id, owner_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  CHECK (starts_at < ends_at)
);
CREATE INDEX booking_by_time ON booking (network_id, starts_at, id);
CREATE INDEX booking_by_owner ON booking (network_id, owner_id, starts_at, id);
CREATE INDEX booking_by_organisation ON booking (network_id, organisation_id, starts_at, id);
CREATE INDEX booking_by_resource ON booking (network_id, resource_id, starts_at, id);
CREATE INDEX booking_by_person ON booking (network_id, person_id, starts_at) WHERE person_id IS NOT NULL;
CREATE INDEX booking_of_series ON booking (network_id, series_id) WHERE series_id IS NOT NULL;
CREATE INDEX booking_of_cart ON booking (network_id, cart_id) WHERE cart_id IS NOT NULL;
CREATE INDEX booking_of_need ON booking (network_id, need_id) WHERE need_id IS NOT NULL;
CREATE INDEX booking_waiting ON booking (network_id, state, ends_at)
  WHERE state IN ('requested', 'countered', 'planned', 'took_place', 'disputed');
CREATE INDEX booking_balance ON booking (network_id, school_year, owner_id, organisation_id, class, agreed_minutes, agreed_days, agreed_headcount)
  WHERE state = 'confirmed';

-- A need that nobody offers yet: any organisation may answer it with a resource.
-- dist
CREATE TABLE exchange_need (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  title TEXT NOT NULL {ru},
  details TEXT,
  class TEXT CHECK (class IN ('staff', 'technological', 'methodical')),
  starts_at {time} NOT NULL,
  ends_at {time} NOT NULL,
  is_flexible {bool} NOT NULL,
  headcount {int} NOT NULL CHECK (headcount > 0),
  priority TEXT NOT NULL CHECK (priority IN ('low', 'usual', 'urgent')),
  state TEXT NOT NULL CHECK (state IN ('submitted', 'answered', 'fulfilled', 'cancelled')),
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  CHECK (starts_at < ends_at)
);
CREATE INDEX exchange_need_by_time ON exchange_need (network_id, state, starts_at, id);
CREATE INDEX exchange_need_of ON exchange_need (network_id, organisation_id, starts_at, id);
