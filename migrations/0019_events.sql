-- What is held again and again: an olympiad, a contest, a conference.
-- dist
CREATE TABLE event (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  title TEXT NOT NULL {ru},
  title_key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('olympiad', 'contest', 'conference', 'competition')),
  organiser TEXT,
  site TEXT,
  about TEXT,
  paid {bool} NOT NULL,
  archived_at {time},
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id)
);
CREATE INDEX event_by_title ON event (network_id, title, id);
CREATE INDEX event_key ON event (network_id, title_key);

-- One holding of an event. `academic_year` is the year in which the academic year begins: 2015 is
-- 2015-2016; it is stated, not computed. `prize_degrees` names the degrees of a diploma that count
-- as a prize place here. `published_at`: when its final results were made known.
-- dist
CREATE TABLE event_edition (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  event_id {id} NOT NULL,
  title TEXT NOT NULL {ru},
  title_key TEXT NOT NULL,
  academic_year {int} NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('school', 'municipal', 'intermunicipal', 'regional', 'interregional', 'national', 'international')),
  format TEXT NOT NULL CHECK (format IN ('in_person', 'correspondence', 'distance')),
  subject TEXT,
  organiser TEXT,
  organiser_id {id},
  class_from {int},
  class_to {int},
  team_size {int},
  starts_on TEXT,
  ends_on TEXT,
  apply_until TEXT,
  place TEXT,
  site TEXT,
  act_id {id},
  prize_degrees {json} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'announced', 'running', 'published', 'cancelled')),
  published_at {time},
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, event_id) REFERENCES event (network_id, id),
  FOREIGN KEY (network_id, organiser_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, act_id) REFERENCES act (network_id, id),
  CHECK (class_from IS NULL OR class_to IS NULL OR class_from <= class_to),
  CHECK (starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on),
  CHECK (team_size IS NULL OR team_size > 1)
);
CREATE INDEX event_edition_of ON event_edition (network_id, event_id, academic_year);
CREATE INDEX event_edition_by_year ON event_edition (network_id, academic_year, starts_on, id);
CREATE INDEX event_edition_organiser ON event_edition (network_id, organiser_id) WHERE organiser_id IS NOT NULL;
CREATE INDEX event_edition_act ON event_edition (network_id, act_id) WHERE act_id IS NOT NULL;

-- A stage of an edition. Only a counted stage enters the figures: an edition of several stages is
-- one event. Whole percents and whole numbers; an empty rule does not bind.
-- dist
CREATE TABLE event_stage (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  edition_id {id} NOT NULL,
  position {int} NOT NULL,
  title TEXT NOT NULL,
  level TEXT CHECK (level IN ('school', 'municipal', 'intermunicipal', 'regional', 'interregional', 'national', 'international')),
  organiser_id {id},
  starts_on TEXT,
  ends_on TEXT,
  place TEXT,
  counted {bool} NOT NULL,
  min_pct_winner {int} CHECK (min_pct_winner BETWEEN 0 AND 100),
  winner_quota {int},
  prize_quota {int},
  tie_policy TEXT NOT NULL CHECK (tie_policy IN ('all', 'none')),
  pass_score {real},
  state TEXT NOT NULL CHECK (state IN ('planned', 'entering', 'running', 'preliminary', 'final')),
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, edition_id, position),
  FOREIGN KEY (network_id, edition_id) REFERENCES event_edition (network_id, id),
  FOREIGN KEY (network_id, organiser_id) REFERENCES organisation (network_id, id)
);
CREATE INDEX event_stage_organiser ON event_stage (network_id, organiser_id) WHERE organiser_id IS NOT NULL;

-- An official list of one academic year, with the act that set it.
-- dist
CREATE TABLE event_list (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('federal', 'rsosh', 'regional', 'municipal')),
  academic_year {int} NOT NULL,
  title TEXT NOT NULL,
  act_id {id},
  created_at {time} NOT NULL,
  created_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, act_id) REFERENCES act (network_id, id)
);
CREATE UNIQUE INDEX event_list_year ON event_list (network_id, kind, academic_year);
CREATE INDEX event_list_act ON event_list (network_id, act_id) WHERE act_id IS NOT NULL;

-- A line of a list. An amendment within the year ends one line and begins another, so that the list
-- of any date can be shown; `act_id` is the amendment that put it in.
-- dist
CREATE TABLE event_list_entry (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  list_id {id} NOT NULL,
  number TEXT,
  title TEXT NOT NULL {ru},
  title_key TEXT NOT NULL,
  organiser TEXT,
  subjects TEXT,
  rsosh_level {int} CHECK (rsosh_level BETWEEN 1 AND 3),
  from_date TEXT NOT NULL,
  until_date TEXT,
  act_id {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, list_id) REFERENCES event_list (network_id, id),
  FOREIGN KEY (network_id, act_id) REFERENCES act (network_id, id)
);
CREATE INDEX event_list_entry_of ON event_list_entry (network_id, list_id, title, id);
CREATE INDEX event_list_entry_act ON event_list_entry (network_id, act_id) WHERE act_id IS NOT NULL;

-- That an edition is the one of a list's line: suggested by likeness, confirmed by a person.
-- dist
CREATE TABLE event_listing (
  network_id {id} NOT NULL,
  edition_id {id} NOT NULL,
  entry_id {id} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('suggested', 'confirmed', 'refused')),
  why TEXT NOT NULL,
  decided_at {time},
  decided_by {id},
  PRIMARY KEY (network_id, edition_id, entry_id),
  FOREIGN KEY (network_id, edition_id) REFERENCES event_edition (network_id, id),
  FOREIGN KEY (network_id, entry_id) REFERENCES event_list_entry (network_id, id)
);
CREATE INDEX event_listing_entry ON event_listing (network_id, entry_id);

-- dist
CREATE TABLE event_team (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  stage_id {id} NOT NULL,
  title TEXT NOT NULL,
  organisation_id {id},
  captain_id {id},
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, stage_id) REFERENCES event_stage (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, captain_id) REFERENCES learner (network_id, id)
);
CREATE INDEX event_team_stage ON event_team (network_id, stage_id);
CREATE INDEX event_team_organisation ON event_team (network_id, organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX event_team_captain ON event_team (network_id, captain_id) WHERE captain_id IS NOT NULL;

-- One child at one stage; a team is several rows with one `team_id`, alike in score, place and
-- award. What the child was on the day of the event is a snapshot and is not rewritten later:
-- `class_number` (the class studied in), `age`, `organisation_id` (the main school), `sending_id`,
-- `preparing_id`, `centre_member`. `edition_id`, `academic_year` and `counted` are copies that spare
-- the figures a join. `for_class`: the class for which the child writes, where it is a higher one.
-- Only a confirmed or approved result counts; `ground` says by which document.
-- dist
CREATE TABLE participation (
  network_id {id} NOT NULL,
  id {id} NOT NULL,
  edition_id {id} NOT NULL,
  stage_id {id} NOT NULL,
  learner_id {id} NOT NULL,
  team_id {id},
  academic_year {int} NOT NULL,
  counted {bool} NOT NULL,
  class_number {int},
  for_class {int},
  age {int},
  organisation_id {id} NOT NULL,
  sending_id {id} NOT NULL,
  preparing_id {id},
  centre_member {bool} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('entered', 'admitted', 'took_part', 'no_show', 'withdrawn', 'disqualified')),
  code TEXT,
  score {real},
  max_score {real},
  place {int},
  place_to {int},
  award TEXT CHECK (award IN ('winner', 'prize_winner', 'laureate', 'diploma_holder', 'participant')),
  degree {int},
  prize {bool} NOT NULL,
  result_state TEXT NOT NULL CHECK (result_state IN ('none', 'entered', 'confirmed', 'disputed', 'approved')),
  ground TEXT,
  ground_act_id {id},
  confirmed_at {time},
  confirmed_by {id},
  source TEXT NOT NULL CHECK (source IN ('school', 'guardian', 'organiser', 'import')),
  created_at {time} NOT NULL,
  created_by {id},
  updated_at {time} NOT NULL,
  updated_by {id},
  version {int} NOT NULL,
  PRIMARY KEY (network_id, id),
  UNIQUE (network_id, stage_id, learner_id),
  FOREIGN KEY (network_id, edition_id) REFERENCES event_edition (network_id, id),
  FOREIGN KEY (network_id, stage_id) REFERENCES event_stage (network_id, id),
  FOREIGN KEY (network_id, learner_id) REFERENCES learner (network_id, id),
  FOREIGN KEY (network_id, team_id) REFERENCES event_team (network_id, id),
  FOREIGN KEY (network_id, organisation_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, sending_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, preparing_id) REFERENCES organisation (network_id, id),
  FOREIGN KEY (network_id, ground_act_id) REFERENCES act (network_id, id),
  CHECK (NOT prize OR result_state <> 'none')
);
CREATE INDEX participation_figures ON participation
  (network_id, academic_year, centre_member, counted, edition_id, state, result_state, prize, learner_id);
CREATE INDEX participation_edition ON participation (network_id, edition_id, id);
CREATE INDEX participation_learner ON participation (network_id, learner_id, academic_year);
CREATE INDEX participation_organisation ON participation (network_id, organisation_id, academic_year);
CREATE INDEX participation_sending ON participation (network_id, sending_id, academic_year);
CREATE INDEX participation_preparing ON participation (network_id, preparing_id, academic_year) WHERE preparing_id IS NOT NULL;
CREATE INDEX participation_team ON participation (network_id, team_id) WHERE team_id IS NOT NULL;
CREATE INDEX participation_act ON participation (network_id, ground_act_id) WHERE ground_act_id IS NOT NULL;
CREATE UNIQUE INDEX participation_code ON participation (network_id, stage_id, code) WHERE code IS NOT NULL;

-- Who prepared the child: whole percents that make a hundred together.
-- dist
CREATE TABLE participation_mentor (
  network_id {id} NOT NULL,
  participation_id {id} NOT NULL,
  person_id {id} NOT NULL,
  share {int} NOT NULL CHECK (share BETWEEN 1 AND 100),
  PRIMARY KEY (network_id, participation_id, person_id),
  FOREIGN KEY (network_id, participation_id) REFERENCES participation (network_id, id),
  FOREIGN KEY (network_id, person_id) REFERENCES person (network_id, id)
);
CREATE INDEX participation_mentor_person ON participation_mentor (network_id, person_id);
