-- What a family asks of those who keep a child's data, with the terms of the law: a consent withdrawn,
-- data to be corrected, told or destroyed. No key to the child: the act of a destruction outlives it,
-- and is kept until `kept_until`.
-- dist
CREATE TABLE subject_case (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  learner_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('withdrawal', 'correct', 'tell', 'destroy')),
  purpose TEXT CHECK (purpose IN ('processing', 'transfer', 'publication', 'image', 'diagnostics', 'state_register')),
  consent_id {id},
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  details TEXT,
  opened_on TEXT NOT NULL,
  closed_on TEXT,
  kept_until TEXT,
  created_at {time} NOT NULL,
  created_by {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, consent_id) REFERENCES consent (network_id, id),
  CHECK ((kind = 'withdrawal') = (consent_id IS NOT NULL))
);
CREATE UNIQUE INDEX subject_case_consent ON subject_case (network_id, consent_id) WHERE consent_id IS NOT NULL;
CREATE INDEX subject_case_learner ON subject_case (network_id, learner_id, id);
CREATE INDEX subject_case_organisation ON subject_case (network_id, organisation_id, state, id);

-- What has to be done in a case, and by when.
-- dist
CREATE TABLE case_step (
  network_id {id} NOT NULL,
  case_id {id} NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('stop', 'correct', 'answer', 'destroy')),
  due_on TEXT NOT NULL,
  done_on TEXT,
  done_by {id},
  note TEXT,
  PRIMARY KEY (network_id, case_id, step),
  FOREIGN KEY (network_id, case_id) REFERENCES subject_case (network_id, id)
);
CREATE INDEX case_step_due ON case_step (network_id, due_on) WHERE done_on IS NULL;
