"""A corpus of bent structures: every field of every structure, bent in every way we know.

`mutants` bends JSON, `ballots` and `archives` say what is bent and how it is offered, and
`python -m tests.corpus TOOL` records what `belenios-tool` says of each (`said_by_the_tool.json`).
"""
