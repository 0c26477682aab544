"""A member's own pages."""

from flask import Blueprint

blueprint = Blueprint("member", __name__)
