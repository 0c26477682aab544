"""Pages that anybody may read."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)
