"""Fuzzing of everything that reads outside bytes: `make fuzz`, and a bounded run in CI.

`python -m tests.fuzz TARGET --seconds N` fuzzes one reader, guided by coverage. A reader must
end in a value that is written back to the same bytes, or in a named error: nothing else, and
in bounded time and memory.
"""
