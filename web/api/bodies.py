"""Reading JSON bodies into models whose every field is known and of its exact type."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request

from web.body import read_body
from web.http_errors import MalformedRequestError, WrongMediaTypeError

_PATIENCE = 30


class Body(BaseModel):
    """A body with no field too many, and no value that had to be guessed at."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


_Model = TypeVar("_Model", bound=BaseModel)


def require_json_type(request: Request) -> None:
    """Refuse a body that is not announced as JSON.

    A form on a foreign page can only send other types without asking first.

    Raises:
        WrongMediaTypeError: it is announced as something else, or not at all.
    """
    kind, _, parameter = request.headers.get("content-type", "").lower().partition(";")
    if kind.strip() != "application/json":
        raise WrongMediaTypeError
    if parameter.strip() not in ("", "charset=utf-8"):
        raise WrongMediaTypeError


async def read_model(request: Request, model: type[_Model], *, limit: int) -> _Model:
    """The request's JSON body as a model.

    Raises:
        RequestError: type, length, time or content is wrong.
    """
    require_json_type(request)
    raw = await read_body(request.scope, request.receive, limit=limit, patience=_PATIENCE)
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        places = [".".join(map(str, each["loc"])) for each in error.errors(include_input=False)]
        raise MalformedRequestError(places[0] or "body") from None
