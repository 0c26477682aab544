"""The rows of `web/error_messages.py`, by what somebody was doing."""
