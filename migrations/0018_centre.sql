-- The Centre for gifted children: a unit of an organisation, with its coordinator and its acts.
-- dist
CREATE TABLE gifted_centre (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  organisation_id {id} NOT NULL,
  title TEXT NOT NULL,
  coordinator_id {id},
  contact TEXT,
  act_id {id},
  opened_on TEXT NOT NULL,
  closed_on TEXT,
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, coordinator_id) REFERENCES person (network_id, id),
  FOREIGN KEY (network_id, act_id) REFERENCES act (network_id, id)
);
CREATE INDEX gifted_centre_organisation ON gifted_centre (network_id, organisation_id);
CREATE INDEX gifted_centre_coordinator ON gifted_centre (network_id, coordinator_id) WHERE coordinator_id IS NOT NULL;
CREATE INDEX gifted_centre_act ON gifted_centre (network_id, act_id) WHERE act_id IS NOT NULL;

-- Membership by order, from and until (both days included). It drives every figure on the Centre's
-- children: whether a child was a member is asked for the day of the event.
-- dist
CREATE TABLE centre_membership (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  centre_id {id} NOT NULL,
  learner_id {id} NOT NULL,
  from_date TEXT NOT NULL,
  until_date TEXT,
  order_text TEXT,
  order_act_id {id},
  left_reason TEXT CHECK (left_reason IN ('graduated', 'moved', 'own_wish', 'other_form', 'term_over')),
  created_at {time} NOT NULL,
  created_by {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, centre_id) REFERENCES gifted_centre (network_id, id),
  FOREIGN KEY (network_id, learner_id) REFERENCES learner (network_id, id),
  FOREIGN KEY (network_id, order_act_id) REFERENCES act (network_id, id),
  CHECK (until_date IS NULL OR until_date >= from_date)
);
CREATE UNIQUE INDEX centre_membership_open ON centre_membership (network_id, centre_id, learner_id) WHERE until_date IS NULL;
CREATE INDEX centre_membership_learner ON centre_membership (network_id, learner_id, from_date);
CREATE INDEX centre_membership_dates ON centre_membership (network_id, centre_id, from_date, until_date);
CREATE INDEX centre_membership_act ON centre_membership (network_id, order_act_id) WHERE order_act_id IS NOT NULL;
