"""The demonstration: a made-up co-op, its open election, and what `teg demo` prints of it."""
