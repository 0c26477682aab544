"""Counting: applying the method and the shares to what the boxes hold."""
