"""Bodies of forms: how much is read of whom, before a page is asked.

A roll and a trustee's share are long, so that the officers' and trustees' pages take long
bodies: but only from somebody who is signed in there. Otherwise a few dozen strangers who
send sixteen megabytes each, and never the last byte, would take all the memory there is.

Source: design 6, section 0.1 ("Traps"); design 8, section 0.1, I6.
"""

import re
from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.types import Receive, Scope

from web.actions.sign_in import who_is
from web.body import read_body
from web.http_errors import BodyTooLargeError, NotSignedInError
from web.service import Service

# A member types nothing long; an officer's roll and a trustee's share are larger.
PAGE_BODY: Final = 64 * 1024
OFFICE_BODY: Final = 16 * 1024 * 1024
PATIENCE: Final = 30

_OFFICE: Final = re.compile(r"/(en|cy)/(officer|trustee)(/.*)?")


class PageBodies:
    """Reads the body of a request for a page.

    Args:
        service: whose sessions they are.
        cookie: name of the session's cookie.
    """

    def __init__(self, service: Service, cookie: str) -> None:
        self._service = service
        self._cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive) -> bytes:
        """The whole body.

        Raises:
            NotSignedInError: only somebody who is signed in may send as much here.
            RequestError: it is too long, too slow or cut off.
        """
        is_office = scope["method"] == "POST" and _OFFICE.fullmatch(scope["path"]) is not None
        if is_office and await to_thread.run_sync(self._is_of_office, Request(scope)):
            return await read_body(scope, receive, limit=OFFICE_BODY, patience=PATIENCE)
        try:
            return await read_body(scope, receive, limit=PAGE_BODY, patience=PATIENCE)
        except BodyTooLargeError:
            if is_office:
                raise NotSignedInError from None
            raise

    def _is_of_office(self, request: Request) -> bool:
        person = who_is(self._service, request.cookies.get(self._cookie, ""))
        return person is not None and person.role != "member"
