"""What furnishes the demonstration: a made-up care co-op, its members, its question.

Nothing in it is real: the name says so, and so does every member's.
"""

from fractions import Fraction
from typing import Final

from voting.charter import Charter
from voting.colleges import College
from voting.contests import Motion, Text
from voting.members import CollegeId, Language, Member, TextFormat
from voting.roll import Roll

SUPPORTED: Final = CollegeId("supported")
EMPLOYEES: Final = CollegeId("employees")
COMMUNITY: Final = CollegeId("community")

OFFICER: Final = ("Example Officer", "officer@gofal.example")
TRUSTEES: Final = (
    ("Example Trustee One", "trustee-one@gofal.example"),
    ("Example Trustee Two", "trustee-two@gofal.example"),
)
# A number of the range that the regulator keeps free for stories and films.
HELP: Final = {"help_phone": "01632 960 001", "help_email": "help@gofal.example"}
TITLE: Final = {"en": "A members' travel fund", "cy": "Cronfa deithio i aelodau"}

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


def demo_motion() -> Motion:
    """The question, in its four texts."""
    return Motion(
        "1",
        "ordinary",
        {
            "en": {"standard": _ENGLISH, "easy-read": _EASY_ENGLISH},
            "cy": {"standard": _WELSH, "easy-read": _EASY_WELSH},
        },
    )


_ENGLISH: Final = Text(
    "Should we set up a members' travel fund?",
    """\
We propose to set aside £6,000 a year, from 1 April 2027, to help members travel to our \
meetings. We would call this the travel fund.

Any member could ask for help with the fare for a bus, a train or a taxi, or for 45p a mile \
by car. If a supporter comes with a member, the fund could pay for both of them.

Three members would decide, one from each group of members. They would answer within ten days.

The money would come from last year's surplus, so nothing else would be cut. The Council of \
Members would look at the fund again after one year.

If you vote For, you want us to set up this fund. If you vote Against, you want things to stay \
as they are: members pay for their own travel.""",
)

_EASY_ENGLISH: Final = Text(
    "Should we help members to pay for travel?",
    """\
We have meetings. Some members cannot come to them. Travel costs too much.

We could keep some money to help members travel. This is called a travel fund.

There would be £6,000 in the travel fund each year.

You could ask for help to pay for a bus, a train or a taxi. If somebody comes to support you, \
the fund could pay for them too.

Three members would decide who gets help. One is a person we support. One works for us. One is \
a community supporter.

Vote For if you want the travel fund.

Vote Against if you do not want the travel fund. Members will still pay for their own travel.""",
)

_WELSH: Final = Text(
    "A ddylem sefydlu cronfa deithio i aelodau?",
    """\
Rydym yn cynnig neilltuo £6,000 y flwyddyn, o 1 Ebrill 2027 ymlaen, i helpu aelodau i deithio \
i'n cyfarfodydd. Y gronfa deithio fyddai enw'r arian hwn.

Gallai unrhyw aelod ofyn am help gyda chost bws, trên neu dacsi, neu am 45c y filltir mewn car. \
Os bydd cefnogwr yn dod gydag aelod, gallai'r gronfa dalu dros y ddau ohonynt.

Tri aelod fyddai'n penderfynu, un o bob grŵp o aelodau. Byddent yn ateb o fewn deg diwrnod.

Byddai'r arian yn dod o warged y llynedd, felly ni fyddai dim byd arall yn cael ei dorri. Byddai \
Cyngor yr Aelodau yn edrych ar y gronfa eto ar ôl blwyddyn.

Os pleidleisiwch O blaid, rydych am i ni sefydlu'r gronfa hon. Os pleidleisiwch Yn erbyn, rydych \
am i bethau aros fel y maent: aelodau'n talu am eu teithio eu hunain.""",
)

_EASY_WELSH: Final = Text(
    "A ddylem helpu aelodau i dalu am deithio?",
    """\
Rydym yn cynnal cyfarfodydd. Mae rhai aelodau'n methu dod iddyn nhw. Mae teithio'n costio gormod.

Gallem gadw ychydig o arian i helpu aelodau i deithio. Enw hyn yw cronfa deithio.

Byddai £6,000 yn y gronfa deithio bob blwyddyn.

Gallech chi ofyn am help i dalu am fws, trên neu dacsi. Os oes rhywun yn dod i'ch cefnogi chi, \
gallai'r gronfa dalu am y person hwnnw hefyd.

Tri aelod fyddai'n penderfynu pwy sy'n cael help. Un person rydym yn ei gefnogi. Un person sy'n \
gweithio i ni. Un cefnogwr cymunedol.

Pleidleisiwch O blaid os ydych chi eisiau'r gronfa deithio.

Pleidleisiwch Yn erbyn os nad ydych chi eisiau'r gronfa deithio. Bydd aelodau'n dal i dalu am eu \
teithio eu hunain.""",
)
