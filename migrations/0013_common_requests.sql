-- «Общая заявка»: several resources of several owners for one event. A draft is its author's own
-- and there is one a person; once submitted, its lines are the bookings with its id as `cart_id`.
-- dist
CREATE TABLE common_request (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  organisation_id {id},
  title TEXT NOT NULL {ru},
  details TEXT,
  starts_at {time},
  ends_at {time},
  headcount {int} CHECK (headcount > 0),
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted')),
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  CHECK (state = 'draft' OR (organisation_id IS NOT NULL AND starts_at IS NOT NULL AND ends_at IS NOT NULL AND headcount IS NOT NULL))
);
CREATE UNIQUE INDEX common_request_draft ON common_request (network_id, created_by) WHERE state = 'draft';
CREATE INDEX common_request_of ON common_request (network_id, organisation_id, starts_at, id);
CREATE INDEX common_request_by_time ON common_request (network_id, state, starts_at, id);

-- A line of a draft: what differs from the whole stands here.
-- dist
CREATE TABLE common_request_line (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  request_id {id} NOT NULL,
  resource_id {id} NOT NULL,
  starts_at {time},
  ends_at {time},
  headcount {int} CHECK (headcount > 0),
  units {int} CHECK (units > 0),
  is_loan {bool} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, request_id) REFERENCES common_request (network_id, id),
  FOREIGN KEY (network_id, resource_id) REFERENCES resource (network_id, id)
);
CREATE UNIQUE INDEX common_request_line_of ON common_request_line (network_id, request_id, resource_id);
CREATE INDEX common_request_line_resource ON common_request_line (network_id, resource_id);
