"""What every answer tells the browser about how little it may do.

No inline script or style and nothing from elsewhere: a script that got into a page
would read choices before they are sealed, so that it must not run at all.

Source: design 6, section 0.1 (content security policy, `same-origin` referrers).
"""

from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; media-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_ALWAYS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # `no-referrer` would make the browser hide the origin that the form check asks for.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
)
_DEFAULT = (
    # The public record says otherwise for itself: anybody's page may read it.
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
_TWO_YEARS = (b"strict-transport-security", b"max-age=63072000")


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer.

    Args:
        app: what answers.
        secure: whether the service is reached by https only.
    """

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._always = (*_ALWAYS, _TWO_YEARS) if secure else _ALWAYS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, and add the headers on the way back."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": self._join(message["headers"])}
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _join(self, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        fixed = {name for name, _ in self._always}
        kept = [(name, value) for name, value in headers if name.lower() not in fixed]
        said = {name.lower() for name, _ in kept}
        missing = [(name, value) for name, value in _DEFAULT if name not in said]
        return [*kept, *missing, *self._always]
