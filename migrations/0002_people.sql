-- dist
CREATE TABLE person (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  last_name TEXT NOT NULL {ru},
  first_name TEXT NOT NULL {ru},
  patronymic TEXT {ru},
  name_key TEXT NOT NULL,
  email TEXT,
  phone TEXT,
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id)
);
CREATE INDEX person_name ON person (network_id, last_name, first_name, id);

-- A role of a person, in one organisation or (organisation_id empty) in the network as a whole.
-- dist
CREATE TABLE role_grant (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  person_id {id} NOT NULL,
  role TEXT NOT NULL,
  organisation_id {id},
  from_date TEXT NOT NULL,
  until_date TEXT,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);
CREATE INDEX role_grant_person ON role_grant (network_id, person_id);
CREATE INDEX role_grant_organisation ON role_grant (network_id, organisation_id);
