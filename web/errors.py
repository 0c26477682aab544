"""What can go wrong in the service, each by its own name.

Words for people stand in `web/error_messages.py` and in the templates, not here.
"""


class ServiceError(Exception):
    """The base of everything that the service refuses or cannot do."""
