"""The blueprint, apart from the pages that hang themselves on it."""

from flask import Blueprint

blueprint = Blueprint("member", __name__)
