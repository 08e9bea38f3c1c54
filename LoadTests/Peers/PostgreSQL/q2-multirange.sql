-- Q2 by multiranges: for each candidate opening hours less what is booked, cut into starts on the grid.
-- $1 therapists, $2 from, $3 until.
WITH hours AS (
  SELECT t.id, t.session, t.grid, range_agg(tstzrange(
      (day + w.opens) AT TIME ZONE t.time_zone, (day + w.closes) AT TIME ZONE t.time_zone)) AS open
  FROM therapists AS t
  JOIN windows AS w ON w.therapist = t.id
  CROSS JOIN generate_series(
      date_trunc('day', $2::timestamptz AT TIME ZONE t.time_zone),
      $3::timestamptz AT TIME ZONE t.time_zone, interval '1 day') AS day
  WHERE t.id = ANY ($1::integer[]) AND extract(isodow FROM day) = w.weekday
  GROUP BY t.id
), taken AS (
  SELECT a.therapist, range_agg(a.during) AS busy
  FROM appointments AS a
  WHERE a.therapist = ANY ($1::integer[]) AND a.occupies
    AND a.during && tstzrange($2::timestamptz, $3::timestamptz + interval '1 day')
  GROUP BY a.therapist
)
SELECT (extract(epoch FROM start) * 1000)::bigint AS start_ms, hours.id AS therapist
FROM hours
LEFT JOIN taken ON taken.therapist = hours.id
CROSS JOIN unnest(open - coalesce(busy, '{}')) AS free
CROSS JOIN generate_series(
    date_bin(grid, lower(free) + grid - interval '1 microsecond', 'epoch'),
    upper(free) - session, grid) AS start
WHERE start >= $2::timestamptz AND start < $3::timestamptz
ORDER BY start, therapist
LIMIT 20
