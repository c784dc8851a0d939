-- A student society of an organisation; its charter is an act.
-- dist
CREATE TABLE student_society (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  title TEXT NOT NULL {ru},
  title_key TEXT NOT NULL,
  about TEXT,
  charter_id {id},
  founded_on TEXT NOT NULL,
  meetings {int} NOT NULL,
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, charter_id) REFERENCES act (network_id, id)
);
CREATE INDEX student_society_by_title ON student_society (network_id, title, id);
CREATE INDEX student_society_of ON student_society (network_id, organisation_id);
CREATE INDEX student_society_charter ON student_society (network_id, charter_id) WHERE charter_id IS NOT NULL;

-- A section by focus, and the teacher who leads it.
-- dist
CREATE TABLE society_section (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  society_id {id} NOT NULL,
  title TEXT NOT NULL {ru},
  focus TEXT,
  leader_id {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, society_id) REFERENCES student_society (network_id, id),
  FOREIGN KEY (network_id, leader_id) REFERENCES person (network_id, id)
);
CREATE INDEX society_section_of ON society_section (network_id, society_id, title);
CREATE INDEX society_section_leader ON society_section (network_id, leader_id) WHERE leader_id IS NOT NULL;

-- A child in the society, and the post in its council. A child of another organisation is there by a
-- consent; the ground that it opens has this row as its source.
-- dist
CREATE TABLE society_member (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  society_id {id} NOT NULL,
  section_id {id},
  learner_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  post TEXT NOT NULL CHECK (post IN ('member', 'council', 'secretary', 'chair')),
  from_date TEXT NOT NULL,
  until_date TEXT,
  created_at {time} NOT NULL,
  created_by {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, society_id) REFERENCES student_society (network_id, id),
  FOREIGN KEY (network_id, section_id) REFERENCES society_section (network_id, id),
  FOREIGN KEY (network_id, learner_id) REFERENCES learner (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE UNIQUE INDEX society_member_once ON society_member (network_id, society_id, learner_id) WHERE until_date IS NULL;
CREATE UNIQUE INDEX society_member_chair ON society_member (network_id, society_id, post)
  WHERE until_date IS NULL AND post IN ('chair', 'secretary');
CREATE INDEX society_member_section ON society_member (network_id, section_id) WHERE section_id IS NOT NULL;
CREATE INDEX society_member_learner ON society_member (network_id, learner_id);
CREATE INDEX society_member_organisation ON society_member (network_id, organisation_id);

-- A meeting with what its protocol says. Numbers go on within a society.
-- dist
CREATE TABLE society_meeting (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  society_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('general', 'council')),
  number {int} NOT NULL,
  held_on TEXT NOT NULL,
  place TEXT,
  present {int} NOT NULL,
  chair_id {id},
  secretary_id {id},
  agenda TEXT NOT NULL,
  decisions TEXT,
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, society_id, number),
  FOREIGN KEY (network_id, society_id) REFERENCES student_society (network_id, id),
  FOREIGN KEY (network_id, chair_id) REFERENCES society_member (network_id, id),
  FOREIGN KEY (network_id, secretary_id) REFERENCES society_member (network_id, id)
);
CREATE INDEX society_meeting_chair ON society_meeting (network_id, chair_id) WHERE chair_id IS NOT NULL;
CREATE INDEX society_meeting_secretary ON society_meeting (network_id, secretary_id) WHERE secretary_id IS NOT NULL;
