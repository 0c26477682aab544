"""The service: everything that touches people, time, disk or network."""
