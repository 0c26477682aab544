"""A trustee's pages: make a key before the vote, give a share of the tally after it.

Her private key is made and used in her browser and never sent; these pages take its
public half, and the shares with their proofs.

Source: design 6, section 0.2 ("Trustee"); design 8, section 0, decisions 2 and 3.
"""

from web.pages.trustee import key, overview, tally
from web.pages.trustee.place import blueprint

__all__ = ["blueprint", "key", "overview", "tally"]
