"""What can be wrong with a request before anybody looks at what it asks for."""

from web.errors import ServiceError


class RequestError(ServiceError):
    """The request itself, not what it asks for, is at fault."""


class NoOperatorError(RequestError):
    """The operator's interface is asked for where no operator's token is set."""


class NotTheOperatorError(RequestError):
    """The operator's interface is asked for without the operator's token."""


class NotSignedInError(RequestError):
    """A long body for an officer's or trustee's page, from nobody who is signed in there."""


class UnknownPathError(RequestError):
    """Nothing is served under this path."""


class WrongMethodError(RequestError):
    """The path is served, but not with this method.

    Attributes:
        allowed: the methods with which it is.
    """

    def __init__(self, allowed: tuple[str, ...]) -> None:
        super().__init__(allowed)
        self.allowed = allowed


class WrongMediaTypeError(RequestError):
    """The body is announced as something other than what is read here."""


class MalformedRequestError(RequestError):
    """The body, or a part of the path, cannot be read as what it must be.

    Attributes:
        field: the part at fault.
    """

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class BodyTooLargeError(RequestError):
    """The body is longer than is read here.

    Attributes:
        limit: in bytes.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class SlowBodyError(RequestError):
    """The body did not arrive in the time that is waited for one.

    Attributes:
        patience: in seconds.
    """

    def __init__(self, patience: float) -> None:
        super().__init__(patience)
        self.patience = patience


class GoneAwayError(RequestError):
    """The client closed the connection before its request was complete."""


class TooManyRequestsError(RequestError):
    """One address asked more often than is answered.

    Attributes:
        wait: whole seconds after which asking again makes sense.
    """

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait
