"""The blueprint, apart from the pages that hang themselves on it."""

from flask import Blueprint, current_app

from web.service import Service

blueprint = Blueprint("public", __name__)


def the_service() -> Service:
    """The service whose pages these are."""
    service: Service = current_app.extensions["teg"]
    return service
