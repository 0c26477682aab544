"""A trustee's pages: make a key before the vote, shuffle and open the tally after it.

Her private key is made and used in her browser and never sent; these pages take its
public parts, her shuffle, and her share with its proofs. Whoever makes them with a program
of her own uploads the files it wrote.

Source: design 6, section 0.2 ("Trustee"); design 8, section 0, decisions 2 and 3.
"""

from web.pages.trustee import files, key, opening, overview, rounds, shuffle
from web.pages.trustee.place import blueprint

__all__ = ["blueprint", "files", "key", "opening", "overview", "rounds", "shuffle"]
