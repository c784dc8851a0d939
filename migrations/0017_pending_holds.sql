-- Asked for and not agreed yet: a calendar shows it as waiting.
ALTER TABLE resource_hold ADD COLUMN is_pending {bool} NOT NULL DEFAULT FALSE;
