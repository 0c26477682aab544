"""Rows for the installation itself, and for what is our own fault."""

from collections.abc import Mapping
from typing import Final

from audit.errors import AuditError
from web import errors as service
from web.error_rows.row import OUR_FAULT, ErrorMessage

INSTALLATION: Final[Mapping[type[Exception], ErrorMessage]] = {
    service.ServiceError: OUR_FAULT,
    AuditError: OUR_FAULT,
    service.NotSetUpError: ErrorMessage(
        409,
        "not-set-up",
        "This service has not been set up yet.",
        "Nid yw'r gwasanaeth hwn wedi'i osod eto.",
    ),
    service.AlreadySetUpError: ErrorMessage(
        409,
        "already-set-up",
        "This service has been set up already.",
        "Mae'r gwasanaeth hwn wedi'i osod eisoes.",
    ),
    service.SameCharterError: ErrorMessage(
        409,
        "same-charter",
        "This charter is in force already. Nothing would change.",
        "Mae'r siarter hon mewn grym eisoes. Ni fyddai dim yn newid.",
    ),
    service.CollegesInUseError: ErrorMessage(
        409,
        "colleges-in-use",
        "Members sit in a college that this charter lacks. Change the roll first.",
        "Mae aelodau mewn coleg nad yw yn y siarter hon. Newidiwch y gofrestr yn gyntaf.",
    ),
    service.DraftsInTheWayError: ErrorMessage(
        409,
        "drafts-in-the-way",
        "An election in preparation asks what this charter does not allow. Change that election "
        "first.",
        "Mae etholiad sy'n cael ei baratoi yn gofyn yr hyn nad yw'r siarter hon yn ei ganiatáu. "
        "Newidiwch yr etholiad hwnnw'n gyntaf.",
    ),
    service.WeakPassphraseError: ErrorMessage(
        422,
        "weak-passphrase",
        "This passphrase is too short. Use several words.",
        "Mae'r cyfrinymadrodd hwn yn rhy fyr. Defnyddiwch sawl gair.",
    ),
    service.SettingsError: ErrorMessage(
        403,
        "settings-forbid",
        "The settings of this service do not allow that.",
        "Nid yw gosodiadau'r gwasanaeth hwn yn caniatáu hynny.",
    ),
    service.KeyFileError: OUR_FAULT,
    service.SealedValueError: OUR_FAULT,
    service.DatabaseError: OUR_FAULT,
    service.CorruptRowError: OUR_FAULT,
    service.MailServerError: OUR_FAULT,
    service.ServiceClosedError: ErrorMessage(
        503,
        "stopping",
        "The service is restarting. Nothing was changed. Please try again in a minute.",
        "Mae'r gwasanaeth yn ailgychwyn. Ni newidiwyd dim. Rhowch gynnig arall arni mewn munud.",
    ),
    service.LogFrozenError: ErrorMessage(
        503,
        "log-frozen",
        "The service has stopped taking votes because its record needs a check. "
        "Nothing was changed.",
        "Mae'r gwasanaeth wedi rhoi'r gorau i dderbyn pleidleisiau am fod angen gwirio ei "
        "gofnod. Ni newidiwyd dim.",
    ),
}
