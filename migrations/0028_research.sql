-- A research project of children. `stage` is where it stands, `review_text` what a reviewer gets: a text
-- without names, so that no file, file name or property of a document can tell who wrote it.
-- dist
CREATE TABLE research_project (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  title TEXT NOT NULL {ru},
  subject TEXT,
  question TEXT,
  academic_year {int} NOT NULL,
  supervisor_id {id} NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('topic', 'plan', 'research', 'paper', 'review', 'defence')),
  state TEXT NOT NULL CHECK (state IN ('running', 'completed', 'stopped')),
  code TEXT NOT NULL,
  review_text TEXT,
  edition_id {id},
  submitted_to TEXT,
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, supervisor_id) REFERENCES person (network_id, id),
  FOREIGN KEY (network_id, edition_id) REFERENCES event_edition (network_id, id)
);
CREATE UNIQUE INDEX research_project_code ON research_project (network_id, code);
CREATE INDEX research_project_by_title ON research_project (network_id, academic_year, title, id);
CREATE INDEX research_project_of ON research_project (network_id, organisation_id);
CREATE INDEX research_project_supervisor ON research_project (network_id, supervisor_id);
CREATE INDEX research_project_edition ON research_project (network_id, edition_id) WHERE edition_id IS NOT NULL;

-- Who does it. A child of another organisation is there by a consent; the ground that it opens has this
-- row as its source.
-- dist
CREATE TABLE research_author (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  project_id {id} NOT NULL,
  learner_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, project_id, learner_id),
  FOREIGN KEY (network_id, project_id) REFERENCES research_project (network_id, id),
  FOREIGN KEY (network_id, learner_id) REFERENCES learner (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX research_author_learner ON research_author (network_id, learner_id);
CREATE INDEX research_author_organisation ON research_author (network_id, organisation_id);

-- By when a stage is to be done, and when it was.
-- dist
CREATE TABLE research_stage (
  network_id {id} NOT NULL,
  project_id {id} NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('topic', 'plan', 'research', 'paper', 'review', 'defence')),
  due_on TEXT,
  done_on TEXT,
  PRIMARY KEY (network_id, project_id, stage),
  FOREIGN KEY (network_id, project_id) REFERENCES research_project (network_id, id)
);

-- A review by somebody who knows no author. Points are whole, by three criteria.
-- dist
CREATE TABLE research_review (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  project_id {id} NOT NULL,
  reviewer_id {id} NOT NULL,
  due_on TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('assigned', 'written')),
  novelty {int} CHECK (novelty BETWEEN 0 AND 10),
  method {int} CHECK (method BETWEEN 0 AND 10),
  writing {int} CHECK (writing BETWEEN 0 AND 10),
  advice TEXT CHECK (advice IN ('accept', 'rework')),
  body TEXT,
  assigned_at {time} NOT NULL,
  assigned_by {id},
  written_at {time},
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, project_id, reviewer_id),
  FOREIGN KEY (network_id, project_id) REFERENCES research_project (network_id, id),
  FOREIGN KEY (network_id, reviewer_id) REFERENCES person (network_id, id)
);
CREATE INDEX research_review_reviewer ON research_review (network_id, reviewer_id, state);

-- One juror's sheet of a defence.
-- dist
CREATE TABLE research_sheet (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  project_id {id} NOT NULL,
  juror TEXT NOT NULL,
  content {int} NOT NULL CHECK (content BETWEEN 0 AND 10),
  talk {int} NOT NULL CHECK (talk BETWEEN 0 AND 10),
  answers {int} NOT NULL CHECK (answers BETWEEN 0 AND 10),
  note TEXT,
  at {time} NOT NULL,
  by_person {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, project_id) REFERENCES research_project (network_id, id)
);
CREATE INDEX research_sheet_of ON research_sheet (network_id, project_id, at);
