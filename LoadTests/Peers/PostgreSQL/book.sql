-- Q4, its first half: the rows that Seduta writes for a booking, in one statement and so in one round trip
-- and one transaction. The constraints of `appointments` turn away what would overlap.
-- $1 therapist, $2 room, $3 client, $4 start, $5 end.
WITH booked AS (
  INSERT INTO appointments (partner, therapist, client, service, location, room, during, time_zone,
    state, occupies, payment_status, payment_plan, price_minor_units, currency, version, booked_at,
    changed_at, cancel_reason)
  VALUES (1, $1::integer, $3::integer, $1::integer, $1::integer, $2::integer,
    tstzrange($4::timestamptz, $5::timestamptz), 'Europe/Bucharest', 'SCHEDULED', true, 'DUE',
    'ON_SITE', 7000, 'EUR', 1, now(), now(), '')
  RETURNING id
), transition AS (
  INSERT INTO appointment_transitions
  SELECT id, 1, NULL, 'SCHEDULED', now(), 'STAFF', '', '' FROM booked
), listed AS (
  INSERT INTO therapist_clients VALUES ($1::integer, $3::integer)
  ON CONFLICT DO NOTHING
  RETURNING client
), listing AS (
  INSERT INTO events (partner, at, kind, subject, subject_version, related, actor_role, actor)
  SELECT 1, now(), 'CLIENT_LISTED', client, 1, $1::integer, 'STAFF', '' FROM listed
), event AS (
  INSERT INTO events (partner, at, kind, subject, subject_version, related, actor_role, actor)
  SELECT 1, now(), 'APPOINTMENT_BOOKED', id, 1, NULL, 'STAFF', '' FROM booked
  RETURNING position, subject
), messages AS (
  INSERT INTO outbox
  SELECT 1, position, ordinal, 'BOOKING_CONFIRMED', recipient, subject, now(), 'PENDING'
  FROM event, (VALUES (0, $3::bigint), (1, $1::bigint)) AS told (ordinal, recipient)
), outcome AS (
  INSERT INTO outcomes
  SELECT 1, 'seduta.v1.Appointments/Book', 'load-c3joagiajdif-' || id,
    decode(repeat('5a', 32), 'hex'), decode(repeat('5a', 240), 'hex'), now()
  FROM booked
)
SELECT id FROM booked
