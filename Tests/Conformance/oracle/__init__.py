"""A second opinion on section S: slow, obvious, and written from the rules and the contract alone.

`clocks` says what clocks show, `hours` when a therapist is open, `practice` what a partner has,
`verdict` what is in the way of a start, `listing` which starts are free, `opinion` what a call is
to be answered. `eras`, `dice` and `cases` make up practices and calls from a seed; `trial` puts a
case to a server and compares; `shrink` makes a case that failed small. kept.json has those that
failed once.
"""
