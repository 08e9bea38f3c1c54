-- Q1 by multiranges: opening hours less what is booked, cut into starts on the grid.
-- $1 therapist, $2 from, $3 until.
WITH hours AS (
  SELECT range_agg(tstzrange(
      (day + w.opens) AT TIME ZONE t.time_zone, (day + w.closes) AT TIME ZONE t.time_zone)) AS open
  FROM therapists AS t
  JOIN windows AS w ON w.therapist = t.id
  CROSS JOIN generate_series(
      date_trunc('day', $2::timestamptz AT TIME ZONE t.time_zone),
      $3::timestamptz AT TIME ZONE t.time_zone, interval '1 day') AS day
  WHERE t.id = $1::integer AND extract(isodow FROM day) = w.weekday
), taken AS (
  SELECT range_agg(a.during) AS busy
  FROM appointments AS a
  WHERE a.therapist = $1::integer AND a.occupies
    AND a.during && tstzrange($2::timestamptz, $3::timestamptz + interval '1 day')
)
SELECT (extract(epoch FROM start) * 1000)::bigint AS start_ms
FROM therapists AS t
CROSS JOIN hours
CROSS JOIN taken
CROSS JOIN unnest(open - coalesce(busy, '{}')) AS free
CROSS JOIN generate_series(
    date_bin(t.grid, lower(free) + t.grid - interval '1 microsecond', 'epoch'),
    upper(free) - t.session, t.grid) AS start
WHERE t.id = $1::integer AND start >= $2::timestamptz AND start < $3::timestamptz
ORDER BY start
