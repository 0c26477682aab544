"""Write into the log which page scripts are served."""

from collections.abc import Mapping

from web.service import Service


def publish_scripts(service: Service, files: Mapping[str, bytes]) -> bool:
    """Log the digests of the served scripts when they differ from the last logged ones.

    Args:
        service: the service.
        files: file name to content.

    Returns:
        Whether an entry was written; False too before the installation is set up.
    """
    raise NotImplementedError
