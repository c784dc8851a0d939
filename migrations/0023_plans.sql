-- A year's list of actions with a child: `year` is the one in which the academic year begins.
-- dist
CREATE TABLE individual_plan (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  learner_id {id} NOT NULL,
  centre_id {id} NOT NULL,
  year {int} NOT NULL,
  goal TEXT NOT NULL,
  subject TEXT,
  state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'closed')),
  mentor_id {id},
  approved_on TEXT,
  outcome TEXT,
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, learner_id, year),
  FOREIGN KEY (network_id, learner_id) REFERENCES learner (network_id, id),
  FOREIGN KEY (network_id, centre_id) REFERENCES gifted_centre (network_id, id),
  FOREIGN KEY (network_id, mentor_id) REFERENCES person (network_id, id),
  CHECK (state = 'draft' OR approved_on IS NOT NULL)
);
CREATE INDEX individual_plan_mentor ON individual_plan (network_id, mentor_id) WHERE mentor_id IS NOT NULL;
CREATE INDEX individual_plan_year ON individual_plan (network_id, centre_id, year);

-- One action of a plan.
-- dist
CREATE TABLE plan_item (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  plan_id {id} NOT NULL,
  work TEXT NOT NULL,
  form TEXT NOT NULL CHECK (form IN ('lessons', 'consultation', 'contest', 'research', 'workshop', 'distance', 'support')),
  due_on TEXT NOT NULL,
  responsible TEXT,
  expected TEXT,
  done_on TEXT,
  result TEXT,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, plan_id) REFERENCES individual_plan (network_id, id)
);
CREATE INDEX plan_item_of ON plan_item (network_id, plan_id, due_on);

-- Who can be a mentor: what in, for how many children, and where. One from outside sees nothing
-- before the certificate of no criminal record was noted.
-- dist
CREATE TABLE mentor (
  network_id {id} NOT NULL,
  person_id {id} NOT NULL,
  centre_id {id} NOT NULL,
  organisation_id {id},
  is_external {bool} NOT NULL,
  subjects TEXT NOT NULL,
  capacity {int} NOT NULL CHECK (capacity BETWEEN 1 AND 50),
  certificate_on TEXT,
  updated_at {time} NOT NULL,
  updated_by {id},
  PRIMARY KEY (network_id, person_id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id),
  FOREIGN KEY (network_id, centre_id) REFERENCES gifted_centre (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX mentor_centre ON mentor (network_id, centre_id);
CREATE INDEX mentor_organisation ON mentor (network_id, organisation_id) WHERE organisation_id IS NOT NULL;
