"""The charter's pages: what is in force, what it guarantees, another one chosen or written.

Source: design 4, sections 1 and 2; design 6, section 0.2 ("RO").
"""

from web.pages.officer.charter import adopt, choose, show, write

__all__ = ["adopt", "choose", "show", "write"]
