"""A picture of every page: `python -m tests.pictures FOLDER [--readme]`.

The journeys, in the order in which an election happens: `members` vote, `observers` look on,
an officer (`officers`) prepares another election and closes the first, `trustees` make keys and
open the tally. `camera` takes each picture; the service is `tests/demonstration.py`.
"""
