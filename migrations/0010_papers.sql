-- The documents of one trip of one organisation. Its name and requisites are as they were that day.
-- dist
CREATE TABLE paper_set (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  title TEXT NOT NULL {ru},
  issuer TEXT NOT NULL,
  requisites TEXT NOT NULL,
  place TEXT NOT NULL,
  created_at {time} NOT NULL,
  created_by {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);

-- A booking is in one trip of an organisation at most: pressed twice, there is one set.
-- dist
CREATE TABLE paper_set_booking (
  network_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  booking_id {id} NOT NULL,
  set_id {id} NOT NULL,
  PRIMARY KEY (network_id, organisation_id, booking_id),
  FOREIGN KEY (network_id, set_id) REFERENCES paper_set (network_id, id),
  FOREIGN KEY (network_id, booking_id) REFERENCES booking (network_id, id)
);
CREATE INDEX paper_set_booking_of ON paper_set_booking (network_id, booking_id);

-- Filled by the program, then edited by people. Paragraphs and rows are lines; cells stand between «|».
-- dist
CREATE TABLE paper (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  set_id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('order', 'list', 'instruction', 'transport')),
  number TEXT NOT NULL,
  dated TEXT,
  aside TEXT NOT NULL,
  heading TEXT NOT NULL,
  body TEXT NOT NULL,
  grid TEXT NOT NULL,
  ending TEXT NOT NULL,
  post TEXT NOT NULL,
  signatory TEXT NOT NULL,
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, set_id) REFERENCES paper_set (network_id, id)
);
CREATE UNIQUE INDEX paper_of_set ON paper (network_id, set_id, kind);

-- How a name or a post is declined, where a person knows better than the rules. `phrase` is in lower case.
-- dist
CREATE TABLE paper_word (
  network_id {id} NOT NULL,
  phrase TEXT NOT NULL,
  in_case TEXT NOT NULL CHECK (in_case IN ('genitive', 'dative', 'accusative', 'instrumental', 'prepositional')),
  form TEXT NOT NULL,
  updated_at {time} NOT NULL,
  updated_by {id},
  PRIMARY KEY (network_id, phrase, in_case)
);
