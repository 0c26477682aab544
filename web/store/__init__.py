"""Rows, sessions and migrations: storing voting values and loading them again."""
