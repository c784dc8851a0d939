-- A preparation group for an event, or a creative workshop: children of several organisations, led
-- by teachers of several. `taken` counts who holds a place and is raised under its own condition, so
-- that a rush cannot exceed `capacity`; `asked` numbers those who ask, in their order. `edition_id`
-- and `target` say what it prepares for.
-- dist
CREATE TABLE joint_group (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('preparation', 'workshop')),
  title TEXT NOT NULL {ru},
  title_key TEXT NOT NULL,
  subject TEXT,
  edition_id {id},
  target TEXT,
  plan TEXT,
  product TEXT,
  capacity {int} NOT NULL CHECK (capacity > 0),
  taken {int} NOT NULL,
  asked {int} NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'completed', 'cancelled')),
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, edition_id) REFERENCES event_edition (network_id, id),
  CHECK (taken BETWEEN 0 AND capacity),
  CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
CREATE INDEX joint_group_by_title ON joint_group (network_id, title, id);
CREATE INDEX joint_group_of ON joint_group (network_id, organisation_id, title, id);
CREATE INDEX joint_group_edition ON joint_group (network_id, edition_id) WHERE edition_id IS NOT NULL;

-- Who leads it: a teacher of any organisation of the network.
-- dist
CREATE TABLE joint_group_teacher (
  network_id {id} NOT NULL,
  group_id {id} NOT NULL,
  person_id {id} NOT NULL,
  PRIMARY KEY (network_id, group_id, person_id),
  FOREIGN KEY (network_id, group_id) REFERENCES joint_group (network_id, id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);
CREATE INDEX joint_group_teacher_person ON joint_group_teacher (network_id, person_id);

-- A child in it. `organisation_id`: the school that sent the child, as of that day. `state`: `consent`
-- waits for a consent to tell this organisation of the child, `queue` for a free place. `number` is the
-- place in the order of asking.
-- dist
CREATE TABLE joint_group_member (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  group_id {id} NOT NULL,
  learner_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('consent', 'queue', 'member', 'left')),
  number {int} NOT NULL,
  consent_id {id},
  from_date TEXT,
  until_date TEXT,
  created_at {time} NOT NULL,
  created_by {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, group_id) REFERENCES joint_group (network_id, id),
  FOREIGN KEY (network_id, learner_id) REFERENCES learner (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  CHECK (state <> 'member' OR from_date IS NOT NULL)
);
CREATE UNIQUE INDEX joint_group_member_once ON joint_group_member (network_id, group_id, learner_id) WHERE state <> 'left';
CREATE INDEX joint_group_member_of ON joint_group_member (network_id, group_id, state, number);
CREATE INDEX joint_group_member_learner ON joint_group_member (network_id, learner_id);
CREATE INDEX joint_group_member_organisation ON joint_group_member (network_id, organisation_id);

-- One meeting of it. `booking_id`: the room taken from the exchange.
-- dist
CREATE TABLE joint_group_session (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  group_id {id} NOT NULL,
  series_id {id},
  starts_at {time} NOT NULL,
  ends_at {time} NOT NULL,
  topic TEXT,
  place TEXT,
  mode TEXT NOT NULL CHECK (mode IN ('in_person', 'distance')),
  booking_id {id},
  state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
  reason TEXT,
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, group_id) REFERENCES joint_group (network_id, id),
  FOREIGN KEY (network_id, booking_id) REFERENCES booking (network_id, id),
  CHECK (ends_at > starts_at)
);
CREATE INDEX joint_group_session_of ON joint_group_session (network_id, group_id, starts_at);
CREATE INDEX joint_group_session_at ON joint_group_session (network_id, starts_at);
CREATE INDEX joint_group_session_booking ON joint_group_session (network_id, booking_id) WHERE booking_id IS NOT NULL;

-- Who was there.
-- dist
CREATE TABLE joint_group_mark (
  network_id {id} NOT NULL,
  session_id {id} NOT NULL,
  member_id {id} NOT NULL,
  mark TEXT NOT NULL CHECK (mark IN ('present', 'late', 'ill', 'absent')),
  at {time} NOT NULL,
  by_person {id},
  PRIMARY KEY (network_id, session_id, member_id),
  FOREIGN KEY (network_id, session_id) REFERENCES joint_group_session (network_id, id),
  FOREIGN KEY (network_id, member_id) REFERENCES joint_group_member (network_id, id)
);
CREATE INDEX joint_group_mark_member ON joint_group_mark (network_id, member_id);

-- A mark of a closed month that was corrected, and why.
-- dist
CREATE TABLE joint_group_correction (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  session_id {id} NOT NULL,
  member_id {id} NOT NULL,
  before TEXT,
  after TEXT NOT NULL,
  reason TEXT NOT NULL,
  at {time} NOT NULL,
  by_person {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, session_id) REFERENCES joint_group_session (network_id, id),
  FOREIGN KEY (network_id, member_id) REFERENCES joint_group_member (network_id, id)
);
CREATE INDEX joint_group_correction_of ON joint_group_correction (network_id, session_id, at);
CREATE INDEX joint_group_correction_member ON joint_group_correction (network_id, member_id);
