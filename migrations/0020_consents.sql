-- A consent: one purpose each, on a sheet of its own. A draft is a printed form, found again by its
-- number. `recipient_id` of a transfer names the one organisation; without it the transfer is to
-- every organisation of the network. `organisation_id` is the operator: where the child studied when
-- the form was made. `batch_id` is the one post by which many came back, so that it can be undone.
-- The row holds ids, codes and days only, and no key to the child: it outlives a destruction as proof
-- that the consent was there.
-- dist
CREATE TABLE consent (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  number {int} NOT NULL,
  learner_id {id} NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('processing', 'transfer', 'publication', 'image', 'diagnostics', 'state_register')),
  recipient_id {id},
  organisation_id {id} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'signed', 'withdrawn', 'expired', 'destroyed')),
  signer_id {id},
  authority TEXT CHECK (authority IN ('parent', 'guardian', 'self')),
  categories TEXT NOT NULL,
  way TEXT CHECK (way IN ('paper', 'simple_signature')),
  signed_on TEXT,
  until_date TEXT,
  ended_on TEXT,
  batch_id {id},
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, recipient_id) REFERENCES organisation (network_id, id),
  CHECK (recipient_id IS NULL OR purpose = 'transfer'),
  CHECK (state = 'draft' OR state = 'destroyed' OR signed_on IS NOT NULL)
);
CREATE UNIQUE INDEX consent_number ON consent (network_id, number);
CREATE UNIQUE INDEX consent_drafted ON consent (network_id, learner_id, purpose)
  WHERE state = 'draft' AND recipient_id IS NULL;
CREATE UNIQUE INDEX consent_drafted_to ON consent (network_id, learner_id, purpose, recipient_id)
  WHERE state = 'draft' AND recipient_id IS NOT NULL;
CREATE UNIQUE INDEX consent_signed ON consent (network_id, learner_id, purpose)
  WHERE state = 'signed' AND recipient_id IS NULL;
CREATE UNIQUE INDEX consent_signed_to ON consent (network_id, learner_id, purpose, recipient_id)
  WHERE state = 'signed' AND recipient_id IS NOT NULL;
-- Covers the question of whether a child has a consent in force: asked twenty thousand times for a list.
CREATE INDEX consent_of ON consent (network_id, learner_id, purpose, state, until_date);
CREATE INDEX consent_organisation ON consent (network_id, organisation_id, state, id);
CREATE INDEX consent_recipient ON consent (network_id, recipient_id) WHERE recipient_id IS NOT NULL;
CREATE INDEX consent_batch ON consent (network_id, batch_id) WHERE batch_id IS NOT NULL;

-- The last number given to a form.
-- dist
CREATE TABLE consent_counter (
  network_id {id} NOT NULL PRIMARY KEY,
  last {int} NOT NULL
);

-- Which consents an organisation collects of all its children, so that no needless paper is asked
-- for. Without a row: processing, publication and image.
-- dist
CREATE TABLE consent_need (
  network_id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('processing', 'transfer', 'publication', 'image', 'diagnostics', 'state_register')),
  is_collected {bool} NOT NULL,
  PRIMARY KEY (network_id, organisation_id, purpose),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);

-- Whether the network takes a signature in the program for a simple electronic one; without a row
-- only paper counts.
-- dist
CREATE TABLE consent_signing (
  network_id {id} NOT NULL PRIMARY KEY,
  is_allowed {bool} NOT NULL,
  at {time} NOT NULL
);
