-- How the coded works of a stage are judged: its tasks, a list of title and most points, and by how many
-- points two judges may differ before a third reads the work. `decoded_at`: when the points were given to
-- the names; from then on nobody gives points any more.
-- dist
CREATE TABLE work_judging (
  network_id {id} NOT NULL,
  stage_id {id} NOT NULL,
  tasks {json} NOT NULL,
  threshold {int} NOT NULL CHECK (threshold BETWEEN 0 AND 1000),
  decoded_at {time},
  decoded_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, stage_id),
  FOREIGN KEY (network_id, stage_id) REFERENCES event_stage (network_id, id)
);

-- Who sits in the jury of a stage: its members judge, its protocol is signed by all.
-- dist
CREATE TABLE stage_juror (
  network_id {id} NOT NULL,
  stage_id {id} NOT NULL,
  person_id {id} NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('chair', 'member', 'secretary')),
  PRIMARY KEY (network_id, stage_id, person_id),
  FOREIGN KEY (network_id, stage_id) REFERENCES event_stage (network_id, id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);
CREATE INDEX stage_juror_person ON stage_juror (network_id, person_id);
CREATE UNIQUE INDEX stage_juror_chair ON stage_juror (network_id, stage_id) WHERE part = 'chair';

-- The points of one judge for one task of a work, by its place in the list.
-- dist
CREATE TABLE work_mark (
  network_id {id} NOT NULL,
  participation_id {id} NOT NULL,
  judge_id {id} NOT NULL,
  task {int} NOT NULL,
  points {int} NOT NULL CHECK (points BETWEEN 0 AND 1000),
  at {time} NOT NULL,
  by_person {id},
  PRIMARY KEY (network_id, participation_id, judge_id, task),
  FOREIGN KEY (network_id, participation_id) REFERENCES participation (network_id, id),
  FOREIGN KEY (network_id, judge_id) REFERENCES person (network_id, id)
);
CREATE INDEX work_mark_judge ON work_mark (network_id, judge_id);

-- A result as it was before it was changed, and why it was: an appeal moves places of others too.
-- dist
CREATE TABLE result_version (
  network_id {id} NOT NULL,
  participation_id {id} NOT NULL,
  number {int} NOT NULL,
  score {real},
  place {int},
  place_to {int},
  award TEXT CHECK (award IN ('winner', 'prize_winner', 'laureate', 'diploma_holder', 'participant')),
  reason TEXT NOT NULL,
  at {time} NOT NULL,
  by_person {id},
  PRIMARY KEY (network_id, participation_id, number),
  FOREIGN KEY (network_id, participation_id) REFERENCES participation (network_id, id)
);

-- That the preliminary results of a stage are made known: when the works are shown, until when one may
-- appeal. `closed_at`: when the jury's last protocol, `ground`, ended it.
-- dist
CREATE TABLE stage_showing (
  network_id {id} NOT NULL,
  stage_id {id} NOT NULL,
  from_date TEXT NOT NULL,
  until_date TEXT NOT NULL,
  appeal_until TEXT NOT NULL,
  place TEXT,
  published_at {time} NOT NULL,
  published_by {id},
  ground TEXT,
  closed_at {time},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, stage_id),
  FOREIGN KEY (network_id, stage_id) REFERENCES event_stage (network_id, id),
  CHECK (from_date <= until_date),
  CHECK (from_date <= appeal_until)
);

-- An appeal against the points of a result. While it waits, the result is disputed; `result_before` is
-- what it goes back to.
-- dist
CREATE TABLE appeal (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  stage_id {id} NOT NULL,
  participation_id {id} NOT NULL,
  number {int} NOT NULL,
  task TEXT,
  body TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('family', 'school')),
  state TEXT NOT NULL CHECK (state IN ('submitted', 'upheld', 'rejected', 'withdrawn')),
  result_before TEXT NOT NULL CHECK (result_before IN ('entered', 'confirmed', 'approved')),
  score_before {real},
  score_after {real},
  answer TEXT,
  decided_at {time},
  decided_by {id},
  created_at {time} NOT NULL,
  created_by {id},
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, stage_id, number),
  FOREIGN KEY (network_id, stage_id) REFERENCES event_stage (network_id, id),
  FOREIGN KEY (network_id, participation_id) REFERENCES participation (network_id, id)
);
CREATE INDEX appeal_of ON appeal (network_id, participation_id);
CREATE UNIQUE INDEX appeal_once ON appeal (network_id, participation_id) WHERE state <> 'withdrawn';
CREATE INDEX appeal_state ON appeal (network_id, state, stage_id);
