"""Bodies of forms: how much is read of whom, before a page is asked.

A roll, a trustee's share and her shuffle are long, so that these pages take long bodies: but
only from somebody who is signed in there. Otherwise a few dozen strangers who send sixteen
megabytes each, and never the last byte, would take all the memory there is.

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

# A member types nothing long, and a trustee's part of a key is some thousand letters.
PAGE_BODY: Final = 64 * 1024
PART_BODY: Final = 2 * 1024 * 1024
# An officer's roll; a trustee's share of every box.
OFFICE_BODY: Final = 16 * 1024 * 1024
# A shuffle of every box: some thousand letters for each ballot.
SHUFFLE_BODY: Final = 64 * 1024 * 1024
PATIENCE: Final = 30
# Sixty megabytes take minutes on many a line.
LONG_PATIENCE: Final = 600

_LIMITS: Final = (
    (re.compile(r"/(en|cy)/trustee/shuffle"), SHUFFLE_BODY),
    (re.compile(r"/(en|cy)/trustee/open"), OFFICE_BODY),
    (re.compile(r"/(en|cy)/trustee(/.*)?"), PART_BODY),
    (re.compile(r"/(en|cy)/officer(/.*)?"), OFFICE_BODY),
)


def limit_of(path: str) -> int:
    """How long a form may be that is sent to this page, by somebody it is for."""
    return next((limit for page, limit in _LIMITS if page.fullmatch(path)), PAGE_BODY)


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
        limit = limit_of(scope["path"])
        is_office = scope["method"] == "POST" and limit > PAGE_BODY
        if is_office and await to_thread.run_sync(self._is_of_office, Request(scope)):
            patience = LONG_PATIENCE if limit > PART_BODY else PATIENCE
            return await read_body(scope, receive, limit=limit, patience=patience)
        try:
            return await read_body(scope, receive, limit=PAGE_BODY, patience=PATIENCE)
        except BodyTooLargeError:
            if is_office:
                raise NotSignedInError from None
            raise

    def _is_of_office(self, request: Request) -> bool:
        person = who_is(self._service, request.cookies.get(self._cookie, ""))
        return person is not None and person.role != "member"
