-- How much a child may be burdened with. What has no row goes by the defaults of the program.
-- dist
CREATE TABLE load_limit (
  network_id {id} NOT NULL,
  code TEXT NOT NULL CHECK (code IN ('week_hours', 'day_start', 'day_end', 'day_end_senior', 'break', 'way')),
  amount {int} NOT NULL CHECK (amount >= 0),
  updated_at {time} NOT NULL,
  updated_by {id},
  PRIMARY KEY (network_id, code)
);
