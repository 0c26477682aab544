"""Pages that anybody may read, and the door where everybody comes in."""

from web.pages.public import election, home, result_files, start
from web.pages.public.blueprint import blueprint

__all__ = ["blueprint", "election", "home", "result_files", "start"]
