"""The commands of the service, added to `teg` when the server extra is installed."""
