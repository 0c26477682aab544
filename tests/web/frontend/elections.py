"""Made-up elections to seal ballots for."""

from ballots.credentials import make_credential, public_credential
from ballots.election import AnyQuestion, Election, Question
from ballots.trustees import format_trustees, joint_key, make_public_key, parse_trustees
from tests.web.frontend.node import stream

UUID = "TegTestBox1234"
MOTION = Question("Shall we buy a second minibus?", ("For", "Against"), 1, 1, blank=True)


def make_election(*questions: AnyQuestion, uuid: str = UUID) -> Election:
    """An election of two trustees, whose private keys are 12345 and 67890."""
    keys = [make_public_key(private, stream("trustees")) for private in (12345, 67890)]
    return Election(
        uuid=uuid,
        name="Motion for the meeting of Example Co-operative, Cwmni Enghreifftiol «ŵ»",
        description="teg:sha256:" + "0" * 64,
        public_key=joint_key(parse_trustees(format_trustees(keys))),
        questions=questions or (MOTION,),
    )


CREDENTIAL = make_credential(stream("credential of Example Member 7"))
PUBLIC = public_credential(UUID, CREDENTIAL)
