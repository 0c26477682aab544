"""The sealed ballot: keys, proofs, boxes, tallies and the archive format."""
