-- When a letter spoke of it; what is told again is to be written of again.
ALTER TABLE notification ADD COLUMN mailed_at {time};
CREATE INDEX notification_to_mail ON notification (network_id, person_id)
  WHERE mailed_at IS NULL AND read_at IS NULL AND settled_at IS NULL;

-- What a person chose for a kind of notification. Without a row the kind's own way holds.
-- dist
CREATE TABLE notification_choice (
  network_id {id} NOT NULL,
  person_id {id} NOT NULL,
  kind TEXT NOT NULL,
  in_app {bool} NOT NULL,
  by_mail {bool} NOT NULL,
  PRIMARY KEY (network_id, person_id, kind),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);

-- Whether a person wants letters at all, and the last day on which it was looked what to write.
-- dist
CREATE TABLE notification_letters (
  network_id {id} NOT NULL,
  person_id {id} NOT NULL,
  wanted {bool} NOT NULL,
  looked_on TEXT,
  PRIMARY KEY (network_id, person_id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);

-- Leads from the digest of the secret in a letter to the person who may stop letters by it.
-- local
CREATE TABLE letter_key (
  digest {bytes} NOT NULL PRIMARY KEY,
  network_id {id} NOT NULL,
  person_id {id} NOT NULL,
  made_at {time} NOT NULL
);
CREATE INDEX letter_key_person ON letter_key (network_id, person_id);
