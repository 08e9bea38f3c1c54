-- Q4, its second half: the rows that Seduta writes for a cancellation.
-- $1 appointment.
WITH cancelled AS (
  UPDATE appointments
  SET state = 'CANCELLED_BY_THERAPIST', occupies = false, payment_status = 'NONE', version = 2,
    changed_at = now(), cancel_reason = 'load test'
  WHERE id = $1::bigint AND version = 1
  RETURNING id, therapist, client
), transition AS (
  INSERT INTO appointment_transitions
  SELECT id, 2, 'SCHEDULED', 'CANCELLED_BY_THERAPIST', now(), 'STAFF', '', 'load test'
  FROM cancelled
), event AS (
  INSERT INTO events (partner, at, kind, subject, subject_version, related, actor_role, actor)
  SELECT 1, now(), 'APPOINTMENT_CANCELLED', id, 2, NULL, 'STAFF', '' FROM cancelled
  RETURNING position
), messages AS (
  INSERT INTO outbox
  SELECT 1, position, ordinal, 'APPOINTMENT_CANCELLED', recipient, id, now(), 'PENDING'
  FROM event, cancelled,
    LATERAL (VALUES (0, client::bigint), (1, therapist::bigint)) AS told (ordinal, recipient)
), outcome AS (
  INSERT INTO outcomes
  SELECT 1, 'seduta.v1.Appointments/Cancel', 'load-c3joagiajdif-' || id,
    decode(repeat('5a', 32), 'hex'), decode(repeat('5a', 260), 'hex'), now()
  FROM cancelled
)
SELECT id FROM cancelled
