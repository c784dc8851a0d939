-- Everything that a figure, its breakdowns and its filters look at stands in this index, edition by
-- edition: a year is counted without touching the table.
DROP INDEX participation_figures;
CREATE INDEX participation_counting ON participation
  (network_id, academic_year, centre_member, counted, edition_id, id, learner_id, team_id, state, result_state, prize,
   class_number, age, organisation_id, sending_id, preparing_id, award);

-- What waits for an organisation, on either side: counted for the frame of every page. Nobody decides for
-- all organisations, so that what waits in the whole network is asked by nobody.
DROP INDEX booking_waiting;
CREATE INDEX booking_waiting_owner ON booking (network_id, owner_id, state)
  WHERE state IN ('requested', 'countered', 'planned', 'took_place', 'disputed');
CREATE INDEX booking_waiting_asker ON booking (network_id, organisation_id, state)
  WHERE state IN ('requested', 'countered', 'planned', 'took_place', 'disputed');
