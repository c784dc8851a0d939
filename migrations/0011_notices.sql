-- A word to a person about one record: what happened, and whether it asks for a deed. Lines of one
-- `bunch` (a series, a common request, a day) show as one. `settled_at`: somebody has done the deed.
-- dist
CREATE TABLE notification (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  person_id {id} NOT NULL,
  kind TEXT NOT NULL,
  bunch TEXT NOT NULL,
  record_id {id} NOT NULL,
  link TEXT NOT NULL,
  subject TEXT NOT NULL,
  other_id {id},
  starts_at {time},
  needs_deed {bool} NOT NULL,
  at {time} NOT NULL,
  read_at {time},
  settled_at {time},
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, person_id, bunch, record_id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);
CREATE INDEX notification_new ON notification (network_id, person_id, bunch) WHERE read_at IS NULL AND settled_at IS NULL;
CREATE INDEX notification_deeds ON notification (network_id, record_id) WHERE needs_deed AND settled_at IS NULL;
