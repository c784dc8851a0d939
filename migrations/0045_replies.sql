-- A request of a department or a ministry with the blank table that came with it. `content` is the
-- form as it was sent, `setup` what a person said of its rows and columns; what goes into the cells is
-- counted anew each time it is looked at. Without an organisation it is answered for the network.
-- `taken_at`: when the filled form was last taken.
-- dist
CREATE TABLE reply (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  title TEXT NOT NULL,
  organisation_id {id},
  file_name TEXT NOT NULL,
  form TEXT NOT NULL CHECK (form IN ('xlsx', 'docx')),
  content {bytes} NOT NULL,
  setup {json} NOT NULL,
  remembered {bool} NOT NULL,
  created_at {time} NOT NULL,
  created_by {id} NOT NULL,
  taken_at {time},
  taken_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX reply_latest ON reply (network_id, created_at, id);
CREATE INDEX reply_organisation ON reply (network_id, organisation_id) WHERE organisation_id IS NOT NULL;

-- How a header of this shape was understood last time: the next blank of the kind is filled at once.
-- `shape` is a digest of the header's words.
-- dist
CREATE TABLE reply_shape (
  network_id {id} NOT NULL,
  shape TEXT NOT NULL,
  setup {json} NOT NULL,
  updated_at {time} NOT NULL,
  updated_by {id},
  PRIMARY KEY (network_id, shape)
);
