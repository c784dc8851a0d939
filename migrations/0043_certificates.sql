-- The number by which anybody checks the diploma or certificate of a participation, and the day on
-- which it was given. It says nothing of the child and cannot be guessed; what the paper says is read
-- from the result each time, so that one that is disputed is not vouched for.
ALTER TABLE participation ADD COLUMN certificate TEXT;
ALTER TABLE participation ADD COLUMN certificate_on TEXT;
CREATE UNIQUE INDEX participation_certificate ON participation (network_id, certificate) WHERE certificate IS NOT NULL;
