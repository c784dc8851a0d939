-- A child who studies. The id is the person's. `full_name` and `name_key` are copies of the
-- person's name, so that lists need no join. `organisation_id`, `class_…` and `enrolled` follow
-- from the attachments: where the child is, or was last, in basic study. `class_name` is «7 Б» or
-- the name of a group; `class_number` is empty for a group.
-- dist
CREATE TABLE learner (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  full_name TEXT NOT NULL {ru},
  name_key TEXT NOT NULL,
  birth_date TEXT NOT NULL,
  sex TEXT CHECK (sex IN ('male', 'female')),
  snils TEXT,
  guardian_phone TEXT,
  organisation_id {id} NOT NULL,
  class_number {int},
  class_name TEXT,
  enrolled {bool} NOT NULL,
  merged_into {id},
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, id) REFERENCES person (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, merged_into) REFERENCES learner (network_id, id)
);
CREATE INDEX learner_by_name ON learner (network_id, full_name, id);
CREATE INDEX learner_of ON learner (network_id, organisation_id, full_name, id);
CREATE INDEX learner_of_class ON learner (network_id, organisation_id, class_number, class_name);
CREATE INDEX learner_born ON learner (network_id, birth_date, name_key);
CREATE INDEX learner_snils ON learner (network_id, snils) WHERE snils IS NOT NULL;
CREATE INDEX learner_merged ON learner (network_id, merged_into) WHERE merged_into IS NOT NULL;

-- Where a child studies, in which class or group, from when to when, by which order. A new class is
-- a new row: this is the dated history. An organisation that is renamed or reorganised keeps its id,
-- so nothing is split.
-- dist
CREATE TABLE attachment (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  learner_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('basic', 'additional', 'actual')),
  class_number {int} CHECK (class_number BETWEEN 1 AND 11),
  class_name TEXT,
  from_date TEXT NOT NULL,
  until_date TEXT,
  basis TEXT,
  created_at {time} NOT NULL,
  created_by {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, learner_id) REFERENCES learner (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  CHECK (until_date IS NULL OR until_date >= from_date)
);
CREATE UNIQUE INDEX attachment_open_basic ON attachment (network_id, learner_id)
  WHERE kind = 'basic' AND until_date IS NULL;
CREATE INDEX attachment_of ON attachment (network_id, learner_id, from_date);
CREATE INDEX attachment_organisation ON attachment (network_id, organisation_id, learner_id);

-- Who answers for a child before the law. Ends by itself when the child turns 18.
-- dist
CREATE TABLE guardian (
  network_id {id} NOT NULL,
  learner_id {id} NOT NULL,
  person_id {id} NOT NULL,
  relation TEXT NOT NULL CHECK (relation IN ('mother', 'father', 'guardian', 'other')),
  until_date TEXT,
  PRIMARY KEY (network_id, learner_id, person_id),
  FOREIGN KEY (network_id, learner_id) REFERENCES learner (network_id, id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);
CREATE INDEX guardian_person ON guardian (network_id, person_id);

-- Which class or group a class teacher leads.
-- dist
CREATE TABLE class_lead (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  class_name TEXT NOT NULL,
  person_id {id} NOT NULL,
  from_date TEXT NOT NULL,
  until_date TEXT,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);
CREATE INDEX class_lead_person ON class_lead (network_id, person_id);

-- What lets somebody outside the own organisation see a child: later capabilities write here (a
-- membership, an enrolment, a step of a route). Another organisation sees by a consent only.
-- dist
CREATE TABLE learner_ground (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  learner_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('membership', 'assignment', 'enrolment', 'route', 'participation')),
  organisation_id {id},
  person_id {id},
  source_id {id} NOT NULL,
  consent_id {id},
  from_date TEXT NOT NULL,
  until_date TEXT,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, learner_id) REFERENCES learner (network_id, id),
  CHECK ((organisation_id IS NULL) <> (person_id IS NULL)),
  CHECK (kind IN ('membership', 'assignment') OR consent_id IS NOT NULL)
);
CREATE INDEX learner_ground_of ON learner_ground (network_id, learner_id);
CREATE INDEX learner_ground_organisation ON learner_ground (network_id, organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX learner_ground_person ON learner_ground (network_id, person_id) WHERE person_id IS NOT NULL;
CREATE INDEX learner_ground_source ON learner_ground (network_id, source_id);
CREATE INDEX learner_ground_consent ON learner_ground (network_id, consent_id) WHERE consent_id IS NOT NULL;

-- Two records that may be one child. Each side's own people agree; `moved` says by ids what a
-- merging moved, so that it can be taken back.
-- dist
CREATE TABLE learner_pair (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  first_id {id} NOT NULL,
  second_id {id} NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('same_snils', 'same_name', 'close_name')),
  state TEXT NOT NULL CHECK (state IN ('open', 'merged', 'apart')),
  first_by {id},
  second_by {id},
  decided_at {time},
  moved {json},
  created_at {time} NOT NULL,
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, first_id, second_id),
  FOREIGN KEY (network_id, first_id) REFERENCES learner (network_id, id),
  FOREIGN KEY (network_id, second_id) REFERENCES learner (network_id, id)
);
CREATE INDEX learner_pair_second ON learner_pair (network_id, second_id);
CREATE INDEX learner_pair_open ON learner_pair (network_id, state, id);

-- A year's move of one organisation's classes. `moved` holds ids and versions only.
-- dist
CREATE TABLE learner_rollover (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  on_date TEXT NOT NULL,
  moved {json} NOT NULL,
  made_at {time} NOT NULL,
  made_by {id},
  undone_at {time},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE UNIQUE INDEX learner_rollover_year ON learner_rollover (network_id, organisation_id, on_date) WHERE undone_at IS NULL;

-- The act of a destruction: that it was, when, by whom and on what ground. Kept three years.
-- dist
CREATE TABLE learner_destruction (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  learner_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  ground TEXT NOT NULL CHECK (ground IN ('withdrawn', 'purpose_reached', 'unlawful', 'demanded')),
  records {int} NOT NULL,
  at {time} NOT NULL,
  by_person {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX learner_destruction_of ON learner_destruction (network_id, organisation_id, at);
