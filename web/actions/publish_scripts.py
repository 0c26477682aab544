"""Write into the log which page scripts are served."""

from collections.abc import Mapping

from sqlmodel import Session

from audit.entries import ScriptsEntry
from audit.objects import format_scripts
from web.service import Service
from web.store.load import digest_of, put_object
from web.store.rows import OrganisationRow


def publish_scripts(service: Service, files: Mapping[str, bytes]) -> bool:
    """Log the digests of the served scripts when they differ from the last logged ones.

    Args:
        service: the service.
        files: file name to content.

    Returns:
        Whether an entry was written; False too before the installation is set up.
    """
    scripts = format_scripts((name, digest_of(content)) for name, content in files.items())

    def write(session: Session) -> bool:
        organisation = session.get(OrganisationRow, 1)
        if organisation is None or organisation.scripts_object == digest_of(scripts):
            return False
        for content in files.values():
            put_object(session, content)
        organisation.scripts_object = put_object(session, scripts)
        session.add(organisation)
        time = service.keeper.now(session)
        entry = ScriptsEntry(time=time, scripts=organisation.scripts_object)
        service.keeper.append(session, entry)
        return True

    return service.store.write(write)
