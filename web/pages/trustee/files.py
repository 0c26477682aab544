"""Files that a trustee may take away: her sealed share, and what another program needs.

Her sealed share opens nothing without the file with her key.
"""

from flask import Response
from flask.typing import ResponseReturnValue

from web.access import declare
from web.pages.trustee.place import blueprint, current_trustee, key_file, not_now


@blueprint.get("/sealed-key")
@declare("trustee")
def sealed_key() -> ResponseReturnValue:
    """Her share of the key, sealed to herself, as `belenios-tool` writes it."""
    view = current_trustee()
    if not view.sealed_key:
        return not_now()
    return _download(view.sealed_key, key_file(view).removesuffix(".key") + ".dkey")


@blueprint.get("/certificates")
@declare("trustee")
def certificates() -> ResponseReturnValue:
    """The certificates of all trustees, one a line."""
    view = current_trustee()
    if not view.certificates:
        return not_now()
    return _download("\n".join(view.certificates), "certs.jsons")


@blueprint.get("/gathered")
@declare("trustee")
def gathered() -> ResponseReturnValue:
    """What the other trustees made for her."""
    view = current_trustee()
    if not view.gathered:
        return not_now()
    return _download(view.gathered, f"trustee-{view.number}.vinput")


def _download(text: str, name: str) -> Response:
    return Response(
        text + "\n",
        mimetype="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
