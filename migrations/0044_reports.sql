-- A report for some academic years: of the district, of the Centre (the organisation that keeps it), of one
-- organisation. `body` is its text with placeholders; `copy` the number of the copy that was handed in last.
-- dist
CREATE TABLE report (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('district', 'centre', 'organisation')),
  organisation_id {id},
  first_year {int} NOT NULL,
  last_year {int} NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'accepted', 'closed')),
  reason TEXT,
  copy {int},
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  CHECK (first_year <= last_year),
  CHECK ((kind = 'district') = (organisation_id IS NULL))
);
CREATE UNIQUE INDEX report_of_organisation ON report (network_id, kind, organisation_id, first_year, last_year) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX report_of_district ON report (network_id, kind, first_year, last_year) WHERE organisation_id IS NULL;
CREATE INDEX report_organisation ON report (network_id, organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX report_list ON report (network_id, last_year, id);
CREATE INDEX report_state ON report (network_id, state);

-- What was handed in: the text and every figure as they were then. Written once and never changed.
-- dist
CREATE TABLE report_copy (
  network_id {id} NOT NULL,
  report_id {id} NOT NULL,
  number {int} NOT NULL,
  body TEXT NOT NULL,
  figures TEXT NOT NULL,
  made_at {time} NOT NULL,
  made_by {id},
  PRIMARY KEY (network_id, report_id, number),
  FOREIGN KEY (network_id, report_id) REFERENCES report (network_id, id)
);

-- The department asks organisations of some kinds for their reports of some years, by a day.
-- dist
CREATE TABLE report_call (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  first_year {int} NOT NULL,
  last_year {int} NOT NULL,
  due_on TEXT NOT NULL,
  note TEXT,
  general {bool} NOT NULL,
  preschool {bool} NOT NULL,
  additional {bool} NOT NULL,
  closed_at {time},
  created_at {time} NOT NULL,
  created_by {id},
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, first_year, last_year),
  CHECK (first_year <= last_year)
);

-- When an organisation was last reminded: no more than once a day.
-- dist
CREATE TABLE report_reminder (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  call_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  last_on TEXT NOT NULL,
  times {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, call_id, organisation_id),
  FOREIGN KEY (network_id, call_id) REFERENCES report_call (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX report_reminder_organisation ON report_reminder (network_id, organisation_id);
