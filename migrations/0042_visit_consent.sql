-- Whether the pedagogue goes, and whether the head lets them: who answered, and when. Without a
-- line nobody has answered yet, and that is no consent.
-- dist
CREATE TABLE visit_consent (
  network_id {id} NOT NULL,
  booking_id {id} NOT NULL,
  party TEXT NOT NULL CHECK (party IN ('person', 'head')),
  is_given {bool} NOT NULL,
  reason TEXT,
  answered_at {time} NOT NULL,
  answered_by {id},
  PRIMARY KEY (network_id, booking_id, party),
  FOREIGN KEY (network_id, booking_id) REFERENCES booking (network_id, id)
);
