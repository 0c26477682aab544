"""What an outlook says of one winner where whole colleges are weighed."""

import pytest

from tests.voting.examples import make_charter, make_roll_summary
from tests.web.pages.reader import Reader
from voting.charter.schemes import Scheme
from voting.outlook import foresee
from web.pages.officer.charter.outlook_words import say_outlook


@pytest.mark.parametrize(("scheme", "is_bloc"), [("turnout", False), ("bloc", True)])
def test_one_option_must_lead_where_whole_colleges_are_weighed(
    reader: Reader, scheme: Scheme, *, is_bloc: bool
) -> None:
    charter = make_charter(scheme=scheme)
    with reader.app.test_request_context("/en/officer"):
        reader.app.preprocess_request()
        said = say_outlook(foresee(charter, make_roll_summary(20, 30, 40)), charter, {})
    assert said.is_bloc is is_bloc
    assert said.one_winner
