"""Counting methods, one rule per file, all exact."""
