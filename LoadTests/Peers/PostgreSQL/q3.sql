-- Q3: does [s, e) collide for the therapist, the room, the client?
-- $1 therapist, $2 room, $3 client, $4 start, $5 end.
SELECT
  EXISTS (SELECT FROM appointments WHERE therapist = $1::integer AND occupies
    AND during && tstzrange($4::timestamptz, $5::timestamptz)) AS therapist,
  EXISTS (SELECT FROM appointments WHERE room = $2::integer AND occupies
    AND during && tstzrange($4::timestamptz, $5::timestamptz)) AS room,
  EXISTS (SELECT FROM appointments WHERE client = $3::integer AND occupies
    AND during && tstzrange($4::timestamptz, $5::timestamptz)) AS client
