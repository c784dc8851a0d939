-- Number, date and issuer are not unique: one order may create one thing and approve another.
-- `organisation_id` is whose act it is; none: the network's. `replaced_on` and `repealed_on` follow
-- from the links and the days of the other acts, kept here so that lists can filter by them.
-- dist
CREATE TABLE act (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('order', 'regulation', 'concept', 'plan', 'protocol', 'agreement', 'letter')),
  number TEXT,
  number_key TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  issuer TEXT NOT NULL {ru},
  title TEXT NOT NULL {ru},
  name_key TEXT NOT NULL,
  note TEXT,
  organisation_id {id},
  effective_from TEXT NOT NULL,
  effective_until TEXT,
  replaced_on TEXT,
  repealed_on TEXT,
  archived {bool} NOT NULL,
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX act_by_date ON act (network_id, issued_on, id);
CREATE INDEX act_by_title ON act (network_id, title, id);
CREATE INDEX act_by_number ON act (network_id, number_key, issued_on);
CREATE INDEX act_by_owner ON act (network_id, organisation_id);

-- The source does this to the target: approves, replaces, repeals, amends it.
-- dist
CREATE TABLE act_link (
  network_id {id} NOT NULL,
  source_id {id} NOT NULL,
  target_id {id} NOT NULL,
  relation TEXT NOT NULL CHECK (relation IN ('approves', 'replaces', 'repeals', 'amends')),
  PRIMARY KEY (network_id, source_id, target_id, relation),
  FOREIGN KEY (network_id, source_id) REFERENCES act (network_id, id),
  FOREIGN KEY (network_id, target_id) REFERENCES act (network_id, id)
);
CREATE INDEX act_link_target ON act_link (network_id, target_id);

-- About whom an act is.
-- dist
CREATE TABLE act_organisation (
  network_id {id} NOT NULL,
  act_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  PRIMARY KEY (network_id, act_id, organisation_id),
  FOREIGN KEY (network_id, act_id) REFERENCES act (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX act_organisation_of ON act_organisation (network_id, organisation_id, act_id);
