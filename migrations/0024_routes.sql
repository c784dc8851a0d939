-- An individual educational route (ИОМ) of one child: led by one organisation, its steps at several.
-- `number` is the last approved version, 0 before the first. `load_reason` says why the load is
-- greater than the table of limits allows, with who decided so and when.
-- dist
CREATE TABLE individual_route (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  learner_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  title TEXT NOT NULL {ru},
  note TEXT,
  goal TEXT NOT NULL,
  tasks TEXT,
  support TEXT,
  results TEXT,
  from_date TEXT NOT NULL,
  until_date TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'offered', 'accepted', 'agreed', 'approved', 'running', 'corrected',
    'completed', 'stopped')),
  number {int} NOT NULL,
  load_reason TEXT,
  load_by {id},
  load_at {time},
  reason TEXT,
  author_id {id},
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, learner_id) REFERENCES learner (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  CHECK (until_date >= from_date)
);
CREATE INDEX individual_route_learner ON individual_route (network_id, learner_id, from_date);
CREATE INDEX individual_route_organisation ON individual_route (network_id, organisation_id, state);
CREATE INDEX individual_route_dates ON individual_route (network_id, from_date, id);

-- A step: a module at an organisation, a planned event, psychological support. Steps of one `choice`
-- stand for each other: one is chosen, the others are set aside. A weekly time is local.
-- dist
CREATE TABLE route_step (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  route_id {id} NOT NULL,
  number {int} NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('diagnostic', 'design', 'implementation', 'reflection')),
  kind TEXT NOT NULL CHECK (kind IN ('module', 'event', 'support')),
  title TEXT NOT NULL {ru},
  about TEXT,
  organisation_id {id},
  resource_id {id},
  teacher TEXT,
  hours {int} NOT NULL CHECK (hours > 0),
  form TEXT NOT NULL CHECK (form IN ('in_person', 'mixed', 'distance')),
  from_date TEXT NOT NULL,
  until_date TEXT NOT NULL,
  weekday {int} CHECK (weekday BETWEEN 1 AND 7),
  starts TEXT,
  ends TEXT,
  choice TEXT,
  control TEXT,
  expected TEXT,
  state TEXT NOT NULL CHECK (state IN ('planned', 'asked', 'accepted', 'declined', 'completed', 'missed', 'set_aside')),
  reason TEXT,
  result TEXT,
  mark TEXT,
  settled_on TEXT,
  settled_by {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, route_id) REFERENCES individual_route (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, resource_id) REFERENCES resource (network_id, id),
  CHECK (until_date >= from_date),
  CHECK ((starts IS NULL) = (ends IS NULL))
);
CREATE INDEX route_step_route ON route_step (network_id, route_id, number);
CREATE INDEX route_step_organisation ON route_step (network_id, organisation_id, state) WHERE organisation_id IS NOT NULL;
CREATE INDEX route_step_resource ON route_step (network_id, resource_id) WHERE resource_id IS NOT NULL;

-- The visits of the exchange by which a step is made: its progress comes from them.
-- dist
CREATE TABLE route_visit (
  network_id {id} NOT NULL,
  route_id {id} NOT NULL,
  step_id {id} NOT NULL,
  booking_id {id} NOT NULL,
  PRIMARY KEY (network_id, step_id, booking_id),
  FOREIGN KEY (network_id, step_id) REFERENCES route_step (network_id, id),
  FOREIGN KEY (network_id, route_id) REFERENCES individual_route (network_id, id),
  FOREIGN KEY (network_id, booking_id) REFERENCES booking (network_id, id)
);
CREATE INDEX route_visit_route ON route_visit (network_id, route_id);
CREATE INDEX route_visit_booking ON route_visit (network_id, booking_id);

-- What was said along the way: the learner's reflection, the guardian's comment, a note of those who
-- lead. Whoever sees the whole route reads it: it is no private chat.
-- dist
CREATE TABLE route_word (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  route_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('reflection', 'comment', 'note')),
  words TEXT NOT NULL,
  at {time} NOT NULL,
  by_person {id} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, route_id) REFERENCES individual_route (network_id, id)
);
CREATE INDEX route_word_route ON route_word (network_id, route_id, at);

-- Who put their hand to which version: the organisation to its step, the guardian, who approved.
-- dist
CREATE TABLE route_signature (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  route_id {id} NOT NULL,
  number {int} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('step', 'guardian', 'approval')),
  step_id {id},
  organisation_id {id},
  person_id {id},
  at {time} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, route_id) REFERENCES individual_route (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX route_signature_route ON route_signature (network_id, route_id, number);

-- An approved version as it was. It stays readable when the route is corrected.
-- dist
CREATE TABLE route_version (
  network_id {id} NOT NULL,
  route_id {id} NOT NULL,
  number {int} NOT NULL,
  content {json} NOT NULL,
  reason TEXT,
  approved_at {time} NOT NULL,
  approved_by {id},
  PRIMARY KEY (network_id, route_id, number),
  FOREIGN KEY (network_id, route_id) REFERENCES individual_route (network_id, id)
);

-- What a new route can begin with: texts and steps without dates and organisations.
-- dist
CREATE TABLE route_template (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  title TEXT NOT NULL {ru},
  content {json} NOT NULL,
  created_at {time} NOT NULL,
  created_by {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX route_template_title ON route_template (network_id, title, id);
