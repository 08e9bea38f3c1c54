-- Q1 as one would write it: every start that the hours allow and that no booking overlaps.
-- $1 therapist, $2 from, $3 until.
SELECT (extract(epoch FROM start) * 1000)::bigint AS start_ms
FROM therapists AS t
JOIN windows AS w ON w.therapist = t.id
CROSS JOIN generate_series(
    date_trunc('day', $2::timestamptz AT TIME ZONE t.time_zone),
    $3::timestamptz AT TIME ZONE t.time_zone, interval '1 day') AS day
CROSS JOIN generate_series(day + w.opens, day + w.closes - t.session, t.grid) AS local
CROSS JOIN LATERAL (VALUES (local AT TIME ZONE t.time_zone)) AS starts (start)
WHERE t.id = $1::integer
  AND extract(isodow FROM day) = w.weekday
  AND start >= $2::timestamptz AND start < $3::timestamptz
  AND NOT EXISTS (
    SELECT FROM appointments AS a
    WHERE a.therapist = t.id AND a.occupies AND a.during && tstzrange(start, start + t.session)
    OFFSET 0)
ORDER BY start
