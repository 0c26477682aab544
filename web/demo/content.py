"""What furnishes the demonstration: a made-up care co-op, its members, its trustees.

Nothing in it is real: the name says so, and so does every member's.
"""

from fractions import Fraction
from typing import Final

from voting.charter.charter import Charter
from voting.charter.colleges import College
from voting.members import CollegeId, Language, Member, TextFormat
from voting.roll import Roll

SUPPORTED: Final = CollegeId("supported")
EMPLOYEES: Final = CollegeId("employees")
COMMUNITY: Final = CollegeId("community")

OFFICER: Final = ("Example Officer", "officer@gofal.example")
TRUSTEES: Final = (
    ("Example Trustee One", "trustee-one@gofal.example"),
    ("Example Trustee Two", "trustee-two@gofal.example"),
    ("Example Trustee Three", "trustee-three@gofal.example"),
)
NEEDED: Final = 2
# A number of the range that the regulator keeps free for stories and films.
HELP: Final = {"help_phone": "01632 960 001", "help_email": "help@gofal.example"}
TITLE: Final = {"en": "The members' vote", "cy": "Pleidlais yr aelodau"}

# How many of each college, and how many of them read Easy Read.
_NUMBERS: Final = ((SUPPORTED, 14, 10), (EMPLOYEES, 16, 1), (COMMUNITY, 10, 1))
_NAMES: Final[dict[Language, str]] = {"en": "Example Member", "cy": "Aelod Enghreifftiol"}


def demo_charter() -> Charter:
    """51 of every 100 votes belong to the people who are supported."""
    return Charter(
        name={
            "en": "Gofal Enghraifft Example Care Co-op",
            "cy": "Cwmni Cydweithredol Gofal Enghraifft",
        },
        colleges=(
            College(
                SUPPORTED,
                {"en": "People we support", "cy": "Pobl rydym yn eu cefnogi"},
                Fraction(51, 100),
            ),
            College(EMPLOYEES, {"en": "Employees", "cy": "Gweithwyr"}, Fraction(34, 100)),
            College(
                COMMUNITY,
                {"en": "Community supporters", "cy": "Cefnogwyr cymunedol"},
                Fraction(15, 100),
            ),
        ),
        protected=SUPPORTED,
        floors={SUPPORTED: 1},
    )


def demo_roll() -> Roll:
    """Forty members; one in three reads Welsh first."""
    members: list[Member] = []
    for college, number, easy in _NUMBERS:
        for place in range(number):
            order = len(members) + 1
            language: Language = "cy" if place % 3 == 2 else "en"
            text_format: TextFormat = "easy-read" if place < easy else "standard"
            members.append(
                Member(
                    number=f"GE{order:03d}",
                    name=f"{_NAMES[language]} {order}",
                    email=f"member{order}@gofal.example",
                    college=college,
                    language=language,
                    text_format=text_format,
                )
            )
    return Roll(tuple(members))


def shown_members(roll: Roll) -> tuple[Member, ...]:
    """One member of each college, chosen so that both languages and both forms are seen."""
    wanted: tuple[tuple[CollegeId, Language, TextFormat], ...] = (
        (SUPPORTED, "en", "easy-read"),
        (EMPLOYEES, "en", "standard"),
        (COMMUNITY, "cy", "standard"),
    )
    return tuple(
        next(
            member
            for member in roll.by_college[college]
            if (member.language, member.text_format) == (language, text_format)
        )
        for college, language, text_format in wanted
    )
