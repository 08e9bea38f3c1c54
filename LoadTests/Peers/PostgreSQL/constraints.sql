-- After the rows are there: building an index is faster, and gives a better one, than growing it.
CREATE INDEX windows_by_therapist ON windows (therapist);
ALTER TABLE appointments
  ADD CONSTRAINT one_session_of_a_therapist
    EXCLUDE USING gist (therapist WITH =, during WITH &&) WHERE (occupies),
  ADD CONSTRAINT one_session_in_a_room
    EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (occupies),
  ADD CONSTRAINT one_session_of_a_client
    EXCLUDE USING gist (client WITH =, during WITH &&) WHERE (occupies);
SELECT setval(pg_get_serial_sequence('appointments', 'id'), (SELECT max(id) FROM appointments));
VACUUM (ANALYZE);
CHECKPOINT;
