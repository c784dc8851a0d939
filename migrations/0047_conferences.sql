-- A conference is held at a stage of an edition: how long a talk is unless said otherwise, and the
-- criteria of its jury, a list of title and most points. `version` is raised by every change of the
-- programme, so that two changes never pass each other unseen.
-- dist
CREATE TABLE conference (
  network_id {id} NOT NULL,
  stage_id {id} NOT NULL,
  talk_minutes {int} NOT NULL CHECK (talk_minutes BETWEEN 1 AND 240),
  criteria {json} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (network_id, stage_id),
  FOREIGN KEY (network_id, stage_id) REFERENCES event_stage (network_id, id)
);

-- A section meets in one room on one day, from `starts_at` minutes after midnight.
-- dist
CREATE TABLE conference_section (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  stage_id {id} NOT NULL,
  title TEXT NOT NULL {ru},
  room TEXT,
  on_date TEXT NOT NULL,
  starts_at {int} NOT NULL CHECK (starts_at BETWEEN 0 AND 1439),
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, stage_id) REFERENCES event_stage (network_id, id)
);
CREATE INDEX conference_section_stage ON conference_section (network_id, stage_id, title, id);

-- dist
CREATE TABLE conference_juror (
  network_id {id} NOT NULL,
  section_id {id} NOT NULL,
  person_id {id} NOT NULL,
  chair {bool} NOT NULL,
  PRIMARY KEY (network_id, section_id, person_id),
  FOREIGN KEY (network_id, section_id) REFERENCES conference_section (network_id, id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);
CREATE INDEX conference_juror_person ON conference_juror (network_id, person_id);

-- The theses of one work. `body` names nobody, so that it can be reviewed as it stands; the names are
-- added to the collection from the rows beside it. `verdict`: what the organiser told with the decision.
-- dist
CREATE TABLE conference_thesis (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  stage_id {id} NOT NULL,
  section_id {id} NOT NULL,
  project_id {id},
  organisation_id {id} NOT NULL,
  supervisor_id {id} NOT NULL,
  code TEXT NOT NULL,
  title TEXT NOT NULL {ru},
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('submitted', 'revise', 'accepted', 'declined', 'withdrawn')),
  verdict TEXT,
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, stage_id) REFERENCES event_stage (network_id, id),
  FOREIGN KEY (network_id, section_id) REFERENCES conference_section (network_id, id),
  FOREIGN KEY (network_id, project_id) REFERENCES research_project (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, supervisor_id) REFERENCES person (network_id, id)
);
CREATE UNIQUE INDEX conference_thesis_code ON conference_thesis (network_id, code);
CREATE INDEX conference_thesis_stage ON conference_thesis (network_id, stage_id, title, id);
CREATE INDEX conference_thesis_section ON conference_thesis (network_id, section_id);
CREATE INDEX conference_thesis_organisation ON conference_thesis (network_id, organisation_id);
CREATE INDEX conference_thesis_supervisor ON conference_thesis (network_id, supervisor_id);
CREATE UNIQUE INDEX conference_thesis_project ON conference_thesis (network_id, stage_id, project_id) WHERE project_id IS NOT NULL;

-- dist
CREATE TABLE conference_author (
  network_id {id} NOT NULL,
  thesis_id {id} NOT NULL,
  learner_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  class_number {int},
  PRIMARY KEY (network_id, thesis_id, learner_id),
  FOREIGN KEY (network_id, thesis_id) REFERENCES conference_thesis (network_id, id),
  FOREIGN KEY (network_id, learner_id) REFERENCES learner (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX conference_author_learner ON conference_author (network_id, learner_id);
CREATE INDEX conference_author_organisation ON conference_author (network_id, organisation_id);

-- What one reviewer, who knows no author, advises.
-- dist
CREATE TABLE conference_review (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  thesis_id {id} NOT NULL,
  reviewer_id {id} NOT NULL,
  due_on TEXT NOT NULL,
  advice TEXT CHECK (advice IN ('accept', 'revise', 'decline')),
  body TEXT,
  assigned_at {time} NOT NULL,
  assigned_by {id},
  written_at {time},
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, thesis_id, reviewer_id),
  FOREIGN KEY (network_id, thesis_id) REFERENCES conference_thesis (network_id, id),
  FOREIGN KEY (network_id, reviewer_id) REFERENCES person (network_id, id)
);
CREATE INDEX conference_review_reviewer ON conference_review (network_id, reviewer_id);

-- A line of a section's programme: a talk, or a break with a title of its own. The hour follows from
-- the lines before it.
-- dist
CREATE TABLE conference_slot (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  section_id {id} NOT NULL,
  position {int} NOT NULL,
  thesis_id {id},
  title TEXT,
  minutes {int} NOT NULL CHECK (minutes BETWEEN 1 AND 240),
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, section_id) REFERENCES conference_section (network_id, id),
  FOREIGN KEY (network_id, thesis_id) REFERENCES conference_thesis (network_id, id)
);
CREATE INDEX conference_slot_section ON conference_slot (network_id, section_id, position, id);
CREATE UNIQUE INDEX conference_slot_thesis ON conference_slot (network_id, thesis_id) WHERE thesis_id IS NOT NULL;

-- The points of one juror by one criterion, by its place in the list.
-- dist
CREATE TABLE conference_mark (
  network_id {id} NOT NULL,
  thesis_id {id} NOT NULL,
  juror_id {id} NOT NULL,
  criterion {int} NOT NULL,
  points {int} NOT NULL CHECK (points BETWEEN 0 AND 1000),
  at {time} NOT NULL,
  by_person {id},
  PRIMARY KEY (network_id, thesis_id, juror_id, criterion),
  FOREIGN KEY (network_id, thesis_id) REFERENCES conference_thesis (network_id, id),
  FOREIGN KEY (network_id, juror_id) REFERENCES person (network_id, id)
);
CREATE INDEX conference_mark_juror ON conference_mark (network_id, juror_id);
