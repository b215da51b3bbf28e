-- Open tickets of a level that comes before all others, in the order in which the office owes its next word.

CREATE INDEX tickets_of_level ON tickets (kind, level, (CASE WHEN responded_at IS NULL AND respond_by < due_at THEN respond_by ELSE due_at END), id)
  WHERE closed_at IS NULL AND level <> '';
