"""Threshold trustees: everything signed, every key what the polynomials make."""

import json
from typing import Any

import pytest

from ballots.encoding import format_json
from ballots.errors import (
    BallotError,
    CertificateContextError,
    IdentityPointError,
    MalformedJsonError,
    MissingShareError,
    PointFormError,
    PointOutsideGroupError,
    RepeatedTrusteeError,
    ThresholdRulesError,
    TrusteeProofError,
    TrusteeSignatureError,
    VerificationKeyError,
    WrongFieldsError,
    WrongLengthError,
    WrongValueError,
)
from ballots.group import BASE, ORDER, combine, format_point, multiply_all, random_scalar
from ballots.messages import signature_of
from ballots.pedersen import (
    Commitments,
    Context,
    format_certificate_message,
    format_commitments_message,
    statement_of_agreement,
)
from ballots.proofs import format_proof
from ballots.seeds import Seed, make_certificate, parse_certificates
from ballots.trustees import (
    Seats,
    format_groups,
    joint_key,
    make_public_key,
    parse_trustees,
    verify_public_key,
)
from tests.ballots.assembly import hold_ceremony
from tests.ballots.box import SMALL_ORDER, Edit, edit, point_of, seeded, text_of

CEREMONY = hold_ceremony()
RAW = format_groups([CEREMONY.trustees])
OTHER = json.loads(format_groups([hold_ceremony(seed=2).trustees]))[0][1]


def test_threshold_trustees_are_read_as_written() -> None:
    trustees = parse_trustees(RAW)
    assert format_groups(trustees.groups) == RAW
    assert trustees.groups == (CEREMONY.trustees,)
    assert trustees.seats == (Seats(range(1, 4), 2, is_threshold=True),)
    assert [key.public_key for key in trustees.keys] == [
        key.public_key for key in CEREMONY.trustees.keys
    ]


def test_the_joint_key_is_the_product_of_single_keys_and_constant_points() -> None:
    single = verify_public_key(make_public_key(5, seeded(1)))
    trustees = parse_trustees(format_groups([CEREMONY.trustees, single]))
    constants = [commitments.points[0] for commitments in CEREMONY.trustees.commitments]
    assert joint_key(trustees) == format_point(multiply_all([*constants, single.point]))
    assert trustees.seats[1] == Seats(range(4, 5), 1, is_threshold=False)


@pytest.mark.parametrize(
    ("present", "missing"),
    [
        ({1, 4}, (2, 3)),
        ({1, 2, 4}, ()),
        ({1, 3, 4}, ()),
        ({1, 2, 3}, (4,)),
        (set(), (1, 2, 3, 4)),
        ({3}, (1, 2, 4)),
    ],
)
def test_who_is_missing_is_named(present: set[int], missing: tuple[int, ...]) -> None:
    single = verify_public_key(make_public_key(5, seeded(1)))
    # Here 1 to 3 are two of three, and 4 is single.
    trustees = parse_trustees(format_groups([CEREMONY.trustees, single]))
    assert trustees.missing(present) == missing
    assert MissingShareError(missing).args == (missing,)


def _group(change: Edit) -> bytes:
    return edit(RAW, lambda trustees: change(trustees[0][1]))


def _swap(name: str, *at: int) -> Edit:
    def change(group: Any) -> None:
        one, other = at
        group[name][one], group[name][other] = group[name][other], group[name][one]

    return change


def _resign(what: str, index: int, text: str) -> Edit:
    """Another text in a trustee's name, and signed by her."""

    def change(group: Any) -> None:
        signature = signature_of(text, CEREMONY.seeds[index - 1].signing, seeded(3))
        group[what][index - 1] = {"message": text, "signature": format_proof(signature)}

    return change


def _coefexps(points: list[str]) -> Edit:
    return _resign("coefexps", 1, format_json({"coefexps": points}).decode())


POINTS = [format_point(point) for point in CEREMONY.trustees.commitments[0].points]
ONE = "0" * 63 + "1"


def _cert(seat_of: int, **changed: int) -> Edit:
    seat = {"size": 3, "threshold": 2, "index": seat_of} | changed
    certificate = CEREMONY.certificates[seat_of - 1]
    text = format_certificate_message(
        Context(**seat), certificate.verification, certificate.encryption
    )
    return _resign("certs", seat_of, text)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(lambda g: g.update(threshold=1), CertificateContextError, id="threshold"),
        pytest.param(lambda g: g.update(threshold=0), WrongValueError, id="threshold-0"),
        pytest.param(lambda g: g.update(threshold=4), ThresholdRulesError, id="threshold-4"),
        pytest.param(lambda g: g.update(threshold=True), WrongValueError, id="threshold-true"),
        pytest.param(lambda g: g.update(extra=1), WrongFieldsError, id="extra"),
        pytest.param(lambda g: g.pop("signatures"), WrongFieldsError, id="no-signatures"),
        pytest.param(
            lambda g: [g[name].pop() for name in list(g)[1:]], CertificateContextError, id="fewer"
        ),
        pytest.param(
            lambda g: [g.update({name: []}) for name in list(g)[1:]],
            ThresholdRulesError,
            id="nobody",
        ),
        pytest.param(lambda g: g["coefexps"].pop(), WrongLengthError, id="no-coefexps"),
        pytest.param(lambda g: g["signatures"].pop(), WrongLengthError, id="no-signature"),
        pytest.param(lambda g: g["verification_keys"].pop(), WrongLengthError, id="no-key"),
        pytest.param(_swap("certs", 0, 1), CertificateContextError, id="certs-swapped"),
        pytest.param(_swap("coefexps", 0, 1), TrusteeSignatureError, id="coefexps-swapped"),
        pytest.param(_swap("signatures", 0, 1), TrusteeSignatureError, id="signatures-swapped"),
        pytest.param(_swap("verification_keys", 0, 1), VerificationKeyError, id="keys-swapped"),
        pytest.param(
            lambda g: g.update(certs=OTHER["certs"]), TrusteeSignatureError, id="other-certs"
        ),
        pytest.param(
            lambda g: g.update(verification_keys=OTHER["verification_keys"]),
            VerificationKeyError,
            id="other-keys",
        ),
        pytest.param(
            lambda g: g["certs"][0].update(signature=OTHER["certs"][0]["signature"]),
            TrusteeSignatureError,
            id="cert-signature",
        ),
        pytest.param(
            lambda g: g["certs"][0].update(message=g["certs"][0]["message"] + " "),
            MalformedJsonError,
            id="cert-space",
        ),
        pytest.param(
            lambda g: g["certs"][0].update(
                message=g["certs"][0]["message"].replace("Ed25519", "RFC-3526-2048")
            ),
            CertificateContextError,
            id="cert-group",
        ),
        pytest.param(_cert(1, index=2), CertificateContextError, id="cert-index"),
        pytest.param(_cert(1, size=4), CertificateContextError, id="cert-size"),
        pytest.param(_cert(1, threshold=3), CertificateContextError, id="cert-threshold"),
        pytest.param(_coefexps([*POINTS, POINTS[0]]), WrongLengthError, id="degree-higher"),
        pytest.param(_coefexps(POINTS[:1]), WrongLengthError, id="degree-lower"),
        pytest.param(_coefexps([POINTS[0], ONE]), IdentityPointError, id="coefexp-identity"),
        pytest.param(
            _coefexps([POINTS[0], text_of(SMALL_ORDER["order-8"])]),
            PointOutsideGroupError,
            id="coefexp-small-order",
        ),
        pytest.param(
            _coefexps([POINTS[0], POINTS[1].upper()]), PointFormError, id="coefexp-upper-case"
        ),
        pytest.param(_coefexps(POINTS[::-1]), TrusteeSignatureError, id="coefexps-others"),
        pytest.param(
            lambda g: g["verification_keys"][0].pop("signature"),
            WrongFieldsError,
            id="key-unsigned",
        ),
        pytest.param(
            lambda g: g["verification_keys"][0].update(
                signature=g["verification_keys"][1]["signature"]
            ),
            TrusteeSignatureError,
            id="key-signed-by-another",
        ),
        pytest.param(
            lambda g: g["verification_keys"][0].update(pok=g["verification_keys"][1]["pok"]),
            TrusteeProofError,
            id="key-unproved",
        ),
    ],
)
def test_bent_threshold_trustees_are_refused(change: Edit, error: type[BallotError]) -> None:
    with pytest.raises(error) as caught:
        parse_trustees(_group(change))
    assert type(caught.value) is error


def _forged(value: str) -> Edit:
    def change(group: Any) -> None:
        seat = Context(3, 2, 1)
        text = format_certificate_message(
            seat, CEREMONY.certificates[0].verification, CEREMONY.certificates[0].encryption
        )
        text = text.replace(format_point(CEREMONY.certificates[0].encryption), value)
        _resign("certs", 1, text)(group)

    return change


@pytest.mark.parametrize(
    ("value", "error"),
    [
        pytest.param(ONE, IdentityPointError, id="identity"),
        pytest.param(text_of(SMALL_ORDER["order-2"]), PointOutsideGroupError, id="small-order"),
        pytest.param(
            format_point(CEREMONY.certificates[1].encryption), RepeatedTrusteeError, id="another's"
        ),
    ],
)
def test_keys_in_certificates_are_checked(value: str, error: type[BallotError]) -> None:
    with pytest.raises(error):
        parse_trustees(_group(_forged(value)))


def test_one_person_cannot_sit_on_two_seats() -> None:
    seed = Seed(CEREMONY.seeds[0].text)
    raws = [make_certificate(seed, Context(2, 2, index), seeded(1)) for index in (1, 2)]
    with pytest.raises(RepeatedTrusteeError):
        parse_certificates(2, raws)


def test_the_same_group_cannot_be_there_twice() -> None:
    with pytest.raises(RepeatedTrusteeError):
        parse_trustees(format_json(json.loads(RAW) * 2))


def test_polynomials_that_cancel_out_are_refused() -> None:
    """All together could lower the threshold in secret: then one alone opens every tally."""
    draw = seeded(9)
    one, other = random_scalar(draw), random_scalar(draw)

    def change(group: Any) -> None:
        for index, top in ((1, one), (2, other), (3, ORDER - one - other)):
            constant = CEREMONY.trustees.commitments[index - 1].points[0]
            (point,) = combine([[(BASE, top)]])
            _resign("coefexps", index, format_commitments_message([constant, point]))(group)
            commitments = Commitments(CEREMONY.polynomials[0].commitments.signed, (constant, point))
            text = statement_of_agreement(CEREMONY.certificates, commitments)
            signature = signature_of(text, CEREMONY.seeds[index - 1].signing, draw)
            group["signatures"][index - 1] = format_proof(signature)

    with pytest.raises(IdentityPointError) as caught:
        parse_trustees(_group(change))
    assert caught.value.args == ("the sum of the polynomials",)


@pytest.mark.parametrize("threshold", [1, 3])
def test_other_thresholds_are_possible(threshold: int) -> None:
    raw = format_groups([hold_ceremony(threshold, 3).trustees])
    assert parse_trustees(raw).seats[0].needed == threshold


@pytest.mark.parametrize("index", [0, 4])
def test_a_seat_is_one_of_the_set_up(index: int) -> None:
    with pytest.raises(CertificateContextError):
        Context(3, 2, index)


def test_points_of_small_order_are_none_of_a_polynomial() -> None:
    with pytest.raises(PointOutsideGroupError):
        Commitments(CEREMONY.polynomials[0].commitments.signed, (point_of(SMALL_ORDER["order-4"]),))
