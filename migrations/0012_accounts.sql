-- `password_until`: somebody else issued the password; it opens until then and must be changed.
-- `factor_due`: by then the second factor must be set up, where it is obligatory.
ALTER TABLE login ADD COLUMN password_until {time};
ALTER TABLE login ADD COLUMN factor_due {time};

-- What a person is shown of a session: the browser in words, and the address it came from.
ALTER TABLE session ADD COLUMN device TEXT;
ALTER TABLE session ADD COLUMN place TEXT;

-- Codes for the day when the telephone is lost; each opens once and goes. Stored as digests.
-- local
CREATE TABLE recovery_code (
  login_id {id} NOT NULL REFERENCES login (id),
  digest {bytes} NOT NULL,
  PRIMARY KEY (login_id, digest)
);

-- A loan that was handed over holds its units until it is taken back, also beyond its end.
ALTER TABLE resource_hold ADD COLUMN until_back {bool} NOT NULL DEFAULT FALSE;
CREATE INDEX resource_hold_out ON resource_hold (network_id, resource_id) WHERE until_back;
