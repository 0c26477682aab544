"""A whole election of made-up members, played over HTTP by `teg simulate`."""
