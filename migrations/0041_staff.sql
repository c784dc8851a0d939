-- A post of a person in an organisation; a person may have several, in several organisations.
-- `rate` is in hundredths of a full post. `subjects` is what they teach there, in their own words.
-- dist
CREATE TABLE staff_position (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  person_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  post TEXT NOT NULL {ru},
  rate {int} NOT NULL CHECK (rate BETWEEN 1 AND 200),
  subjects TEXT,
  category TEXT NOT NULL CHECK (category IN ('none', 'suitable', 'first', 'highest', 'methodologist', 'mentor')),
  from_date TEXT NOT NULL,
  until_date TEXT,
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  CHECK (until_date IS NULL OR until_date >= from_date)
);
CREATE INDEX staff_position_of ON staff_position (network_id, organisation_id, until_date);
CREATE INDEX staff_position_person ON staff_position (network_id, person_id, from_date);

-- What the person of a staff resource can do: subjects in lower case, and forms of work.
-- dist
CREATE TABLE resource_competence (
  network_id {id} NOT NULL,
  resource_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('subject', 'form')),
  value TEXT NOT NULL,
  PRIMARY KEY (network_id, resource_id, kind, value),
  FOREIGN KEY (network_id, resource_id) REFERENCES resource (network_id, id)
);
CREATE INDEX resource_competence_of ON resource_competence (network_id, kind, value, resource_id);

-- each network:
INSERT INTO resource_competence (network_id, resource_id, kind, value)
SELECT network_id, id, 'subject', subject FROM resource
WHERE network_id = {network} AND class = 'staff' AND subject IS NOT NULL;
-- end
