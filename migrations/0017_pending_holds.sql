-- Asked for and not agreed yet: a calendar shows it as waiting.
ALTER TABLE resource_hold ADD COLUMN is_pending {bool} NOT NULL DEFAULT FALSE;

-- each network:
UPDATE resource_hold SET is_pending = TRUE
WHERE network_id = {network} AND id IN (
  SELECT id FROM booking WHERE network_id = {network} AND state IN ('requested', 'countered'));
-- end
