"""A member's own pages: what is asked, how her vote counts, choose, check, done."""

from web.pages.member import vote
from web.pages.member.blueprint import blueprint

__all__ = ["blueprint", "vote"]
