"""What the members of the demonstration are asked: a motion, a council election, a graded choice.

Every candidate is made up, and says so. Plain words in four texts each.
"""

from typing import Final

from voting.contests import Contest, Motion, OptionContest, Text
from voting.option_contests import Option


def demo_contests() -> tuple[Contest, ...]:
    """The questions, in the order in which they are voted on."""
    return (_motion(), _council(), _place())


def _motion() -> Motion:
    return Motion(
        "1",
        "ordinary",
        {
            "en": {"standard": _ENGLISH, "easy-read": _EASY_ENGLISH},
            "cy": {"standard": _WELSH, "easy-read": _EASY_WELSH},
        },
    )


def _council() -> OptionContest:
    return OptionContest(
        id="2",
        method="stv-exact",
        seats=3,
        options=tuple(
            Option({"en": f"Example Candidate {name}", "cy": f"Ymgeisydd Enghreifftiol {name}"})
            for name in ("Ash", "Birch", "Cedar", "Elm", "Hazel", "Rowan")
        ),
        texts={
            "en": {"standard": _COUNCIL_ENGLISH, "easy-read": _COUNCIL_EASY_ENGLISH},
            "cy": {"standard": _COUNCIL_WELSH, "easy-read": _COUNCIL_EASY_WELSH},
        },
    )


def _place() -> OptionContest:
    return OptionContest(
        id="3",
        method="majority-judgment",
        seats=1,
        options=(
            Option({"en": "The town hall", "cy": "Neuadd y dref"}),
            Option({"en": "The community garden", "cy": "Yr ardd gymunedol"}),
            Option({"en": "The library", "cy": "Y llyfrgell"}),
            Option({"en": "The school hall", "cy": "Neuadd yr ysgol"}),
        ),
        grades=(
            {"en": "Very good", "cy": "Da iawn"},
            {"en": "Good", "cy": "Da"},
            {"en": "All right", "cy": "Gweddol"},
            {"en": "Poor", "cy": "Gwael"},
        ),
        texts={
            "en": {"standard": _PLACE_ENGLISH, "easy-read": _PLACE_EASY_ENGLISH},
            "cy": {"standard": _PLACE_WELSH, "easy-read": _PLACE_EASY_WELSH},
        },
    )


# --- the travel fund --------------------------------------------------------------------

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


# --- the council ------------------------------------------------------------------------

_COUNCIL_ENGLISH: Final = Text(
    "Who should join the Council of Members?",
    """\
Three places on the Council of Members are free from 1 April 2027. Six members have put their \
names forward. All six are made up.

The Council meets once a month. It looks at how our co-op is run, and it speaks for all members.

Put the candidates in the order you like best: 1 for your first choice, 2 for the next, and so \
on. You can number all of them, some of them, or only one.

The three places are shared out according to what members choose. This way of counting is \
called the single transferable vote.""",
)

_COUNCIL_EASY_ENGLISH: Final = Text(
    "Who should be on the Council of Members?",
    """\
The Council of Members meets every month. It talks about how we do things. It speaks for all \
of us.

There are 3 free places. 6 people want to be on the Council. They are made-up people.

Give number 1 to the person you want most. Give number 2 to the next person. You can go on \
with 3, 4, 5 and 6.

You do not have to choose everybody. You can stop when you like.""",
)

_COUNCIL_WELSH: Final = Text(
    "Pwy ddylai ymuno â Chyngor yr Aelodau?",
    """\
Bydd tri lle gwag ar Gyngor yr Aelodau o 1 Ebrill 2027 ymlaen. Mae chwe aelod wedi cynnig eu \
henwau. Pobl ddychmygol yw'r chwech.

Mae'r Cyngor yn cyfarfod unwaith y mis. Mae'n edrych ar sut mae ein cwmni cydweithredol yn cael \
ei redeg, ac mae'n siarad dros yr holl aelodau.

Rhowch yr ymgeiswyr yn y drefn sydd orau gennych: 1 i'ch dewis cyntaf, 2 i'r nesaf, ac yn y \
blaen. Gallwch roi rhif i bob un, i rai, neu i un yn unig.

Caiff y tri lle eu rhannu yn ôl yr hyn y mae'r aelodau yn ei ddewis. Enw'r ffordd hon o gyfrif \
yw'r bleidlais sengl drosglwyddadwy.""",
)

_COUNCIL_EASY_WELSH: Final = Text(
    "Pwy ddylai fod ar Gyngor yr Aelodau?",
    """\
Mae Cyngor yr Aelodau yn cyfarfod bob mis. Mae'n trafod sut rydym ni'n gwneud pethau. Mae'n \
siarad drosom ni i gyd.

Mae 3 lle gwag. Mae 6 o bobl eisiau bod ar y Cyngor. Pobl ddychmygol ydyn nhw.

Rhowch rif 1 i'r person rydych chi ei eisiau fwyaf. Rhowch rif 2 i'r person nesaf. Gallwch chi \
fynd ymlaen gyda 3, 4, 5 a 6.

Does dim rhaid i chi ddewis pawb. Gallwch chi stopio pryd bynnag rydych chi eisiau.""",
)


# --- the summer meeting -----------------------------------------------------------------

_PLACE_ENGLISH: Final = Text(
    "Where should we hold our summer meeting?",
    """\
Our summer meeting is on 19 June 2027. It could be in one of four places. A bus goes to each of \
them, and none of them has steps.

Give each place a grade: Very good, Good, All right or Poor. You can give the same grade to \
more than one place.

The place with the best middle grade is chosen.""",
)

_PLACE_EASY_ENGLISH: Final = Text(
    "Where should we have our summer meeting?",
    """\
Our summer meeting is on 19 June. There are 4 places where we could meet.

A bus goes to each place. There are no steps.

Tell us how good each place is for you. Choose Very good, Good, All right or Poor.

You can say the same about more than one place.""",
)

_PLACE_WELSH: Final = Text(
    "Ble dylem gynnal ein cyfarfod haf?",
    """\
Bydd ein cyfarfod haf ar 19 Mehefin 2027. Gallai fod mewn un o bedwar lle. Mae bws yn mynd i bob \
un ohonynt, ac nid oes grisiau yn yr un ohonynt.

Rhowch radd i bob lle: Da iawn, Da, Gweddol neu Gwael. Gallwch roi'r un radd i fwy nag un lle.

Y lle sydd â'r radd ganol orau fydd yn cael ei ddewis.""",
)

_PLACE_EASY_WELSH: Final = Text(
    "Ble dylem ni gael ein cyfarfod haf?",
    """\
Mae ein cyfarfod haf ar 19 Mehefin. Gallem gyfarfod mewn un o 4 lle.

Mae bws yn mynd i bob lle. Does dim grisiau.

Dywedwch wrthym ni pa mor dda yw pob lle i chi. Dewiswch Da iawn, Da, Gweddol neu Gwael.

Gallwch chi ddweud yr un peth am fwy nag un lle.""",
)
