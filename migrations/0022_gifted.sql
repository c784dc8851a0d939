-- A child's way through identification: proposed, diagnosed, considered, in the register, supported,
-- left. No number anywhere says how gifted a child is. `opened_to` is the Centre's organisation once
-- the application was noted; what was opened carries the profile's id as its source.
-- dist
CREATE TABLE gifted_profile (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  learner_id {id} NOT NULL,
  centre_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'diagnosed', 'considered', 'registered', 'supported', 'left')),
  basis TEXT NOT NULL CHECK (basis IN ('teacher', 'guardian', 'achievement', 'test')),
  kinds TEXT NOT NULL,
  subject TEXT,
  reason TEXT NOT NULL,
  proposed_on TEXT NOT NULL,
  proposed_by {id},
  conclusion TEXT,
  concluded_on TEXT,
  concluded_by {id},
  applicant TEXT,
  applied_on TEXT,
  petition_number TEXT,
  petition_on TEXT,
  left_on TEXT,
  left_reason TEXT CHECK (left_reason IN ('graduated', 'moved', 'own_wish', 'other_form', 'term_over')),
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, learner_id) REFERENCES learner (network_id, id),
  FOREIGN KEY (network_id, centre_id) REFERENCES gifted_centre (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  CHECK ((state = 'left') = (left_reason IS NOT NULL))
);
CREATE UNIQUE INDEX gifted_profile_open ON gifted_profile (network_id, learner_id) WHERE left_reason IS NULL;
CREATE INDEX gifted_profile_learner ON gifted_profile (network_id, learner_id);
CREATE INDEX gifted_profile_state ON gifted_profile (network_id, centre_id, state, proposed_on);
CREATE INDEX gifted_profile_organisation ON gifted_profile (network_id, organisation_id);

-- What those who teach the child were asked to say, and said.
-- dist
CREATE TABLE gifted_contribution (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  profile_id {id} NOT NULL,
  person_id {id} NOT NULL,
  asked_at {time} NOT NULL,
  subject TEXT,
  said TEXT,
  said_at {time},
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, profile_id, person_id),
  FOREIGN KEY (network_id, profile_id) REFERENCES gifted_profile (network_id, id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);
CREATE INDEX gifted_contribution_person ON gifted_contribution (network_id, person_id);

-- Raw results of a diagnostics: for the psychologist's own permission alone.
-- dist
CREATE TABLE gifted_diagnostics (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  profile_id {id} NOT NULL,
  method TEXT NOT NULL,
  on_date TEXT NOT NULL,
  raw TEXT NOT NULL,
  consent_id {id} NOT NULL,
  by_person {id} NOT NULL,
  created_at {time} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, profile_id) REFERENCES gifted_profile (network_id, id),
  FOREIGN KEY (network_id, by_person) REFERENCES person (network_id, id)
);
CREATE INDEX gifted_diagnostics_of ON gifted_diagnostics (network_id, profile_id);
CREATE INDEX gifted_diagnostics_by ON gifted_diagnostics (network_id, by_person);

-- A sitting of the commission: its protocol, then the head's order on its list.
-- dist
CREATE TABLE gifted_sitting (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  centre_id {id} NOT NULL,
  held_on TEXT NOT NULL,
  protocol_number TEXT NOT NULL,
  chair TEXT NOT NULL,
  members TEXT NOT NULL,
  order_number TEXT,
  order_on TEXT,
  created_at {time} NOT NULL,
  created_by {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, centre_id) REFERENCES gifted_centre (network_id, id)
);
CREATE INDEX gifted_sitting_by_day ON gifted_sitting (network_id, centre_id, held_on);

-- What the commission decided of one child.
-- dist
CREATE TABLE gifted_decision (
  network_id {id} NOT NULL,
  sitting_id {id} NOT NULL,
  profile_id {id} NOT NULL,
  admit {bool} NOT NULL,
  PRIMARY KEY (network_id, sitting_id, profile_id),
  FOREIGN KEY (network_id, sitting_id) REFERENCES gifted_sitting (network_id, id),
  FOREIGN KEY (network_id, profile_id) REFERENCES gifted_profile (network_id, id)
);
CREATE INDEX gifted_decision_profile ON gifted_decision (network_id, profile_id);
