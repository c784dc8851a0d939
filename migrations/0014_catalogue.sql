-- Versions of a methodical resource's file, numbered from 1; the bytes belong to the file's row.
-- dist
CREATE TABLE resource_version (
  network_id {id} NOT NULL,
  resource_id {id} NOT NULL,
  number {int} NOT NULL CHECK (number > 0),
  file_id {id} NOT NULL,
  note TEXT,
  downloads {int} NOT NULL CHECK (downloads >= 0),
  PRIMARY KEY (network_id, resource_id, number),
  FOREIGN KEY (network_id, resource_id) REFERENCES resource (network_id, id),
  FOREIGN KEY (network_id, file_id) REFERENCES file (network_id, id)
);
CREATE INDEX resource_version_file ON resource_version (network_id, file_id);

-- Who may take the files of a methodical resource; without a line, the network.
-- dist
CREATE TABLE resource_file_access (
  network_id {id} NOT NULL,
  resource_id {id} NOT NULL,
  access TEXT NOT NULL CHECK (access IN ('everyone', 'network', 'adopters')),
  PRIMARY KEY (network_id, resource_id),
  FOREIGN KEY (network_id, resource_id) REFERENCES resource (network_id, id)
);

-- How far an organisation has come with another's methodical resource.
-- dist
CREATE TABLE resource_adoption (
  network_id {id} NOT NULL,
  resource_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('study', 'trial', 'adopted', 'refused')),
  note TEXT,
  updated_at {time} NOT NULL,
  updated_by {id},
  PRIMARY KEY (network_id, resource_id, organisation_id),
  FOREIGN KEY (network_id, resource_id) REFERENCES resource (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX resource_adoption_of ON resource_adoption (network_id, organisation_id);
