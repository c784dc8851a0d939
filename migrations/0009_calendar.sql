-- A calendar that a person's own program reads by a secret link. The secret is stored nowhere.
-- dist
CREATE TABLE calendar_feed (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  person_id {id} NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('organisations', 'person')),
  created_at {time} NOT NULL,
  revoked_at {time},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);
CREATE INDEX calendar_feed_person ON calendar_feed (network_id, person_id, id);

-- Leads from the digest of a link's secret to its network, for a program that says nothing else.
-- local
CREATE TABLE calendar_feed_key (
  digest {bytes} NOT NULL PRIMARY KEY,
  network_id {id} NOT NULL,
  feed_id {id} NOT NULL UNIQUE,
  login_id {id} NOT NULL REFERENCES login (id)
);
