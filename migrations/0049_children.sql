-- A school's list by name is walked without touching the table for those who left.
DROP INDEX learner_of;
CREATE INDEX learner_of ON learner (network_id, organisation_id, full_name, id, enrolled, merged_into);

-- The consents of a child that are in force: one short walk for all purposes.
CREATE INDEX consent_in_force ON consent (network_id, learner_id, purpose, until_date) WHERE state = 'signed';
