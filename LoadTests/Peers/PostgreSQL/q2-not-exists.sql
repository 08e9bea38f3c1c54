-- Q2: the first 20 starts among candidates. The starts are put in order before they are held against the
-- bookings, so that PostgreSQL stops looking after the twentieth that is free.
-- $1 therapists, $2 from, $3 until.
SELECT (extract(epoch FROM start) * 1000)::bigint AS start_ms, therapist
FROM (
  SELECT start, t.id AS therapist, t.session
  FROM therapists AS t
  JOIN windows AS w ON w.therapist = t.id
  CROSS JOIN generate_series(
      date_trunc('day', $2::timestamptz AT TIME ZONE t.time_zone),
      $3::timestamptz AT TIME ZONE t.time_zone, interval '1 day') AS day
  CROSS JOIN generate_series(day + w.opens, day + w.closes - t.session, t.grid) AS local
  CROSS JOIN LATERAL (VALUES (local AT TIME ZONE t.time_zone)) AS starts (start)
  WHERE t.id = ANY ($1::integer[])
    AND extract(isodow FROM day) = w.weekday
    AND start >= $2::timestamptz AND start < $3::timestamptz
  ORDER BY start, t.id
) AS candidate
WHERE NOT EXISTS (
  SELECT FROM appointments AS a
  WHERE a.therapist = candidate.therapist AND a.occupies
    AND a.during && tstzrange(start, start + session)
  OFFSET 0)
ORDER BY start, therapist
LIMIT 20
