"""Settings: file, then environment, then what is given; a bad one is named."""

from pathlib import Path

import pytest

from web.errors import SettingsError
from web.settings import Settings


def load(folder: Path, toml: str = "", environment: dict[str, str] | None = None) -> Settings:
    (folder / "teg.toml").write_text(toml)
    return Settings.load(folder, environment=environment or {})


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = Settings.load(tmp_path, environment={})
    assert settings == Settings(data=tmp_path)
    assert settings.origin == "localhost:8000/log"
    assert settings.database == f"sqlite:///{tmp_path}/teg.sqlite"


def test_environment_goes_before_the_file_and_given_before_both(tmp_path: Path) -> None:
    settings = load(tmp_path, "port = 1\nsmtp_port = 2\n", {"TEG_PORT": "3"})
    assert (settings.port, settings.smtp_port) == (3, 2)
    (tmp_path / "teg.toml").write_text("port = 1\n")
    assert Settings.load(tmp_path, environment={"TEG_PORT": "3"}, port=4, host=None).port == 4


def test_texts_become_their_kinds(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        environment={
            "TEG_MAIL_FOLDER": "mail",
            "TEG_RETURN_CREDENTIALS": "true",
            "TEG_OPERATOR_TOKEN": "",
            "TEG_WORKERS": "0",
        },
    )
    assert settings.mail_folder == Path("mail")
    assert settings.return_credentials is True
    assert settings.operator_token is None
    assert settings.workers == 0


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ("colour = 1", "colour"),
        ("port = ", "teg.toml"),
        ('port = "eighty"', "port"),
        ("port = true", "port"),
        ("port = 70000", "port"),
        ("workers = -1", "workers"),
        ('base_url = "ftp://a.example"', "base_url"),
        ('base_url = "https://a.example/"', "base_url"),
        ('return_credentials = "yes"', "return_credentials"),
        ('operator_token = "short"', "operator_token"),
        ('smtp_security = "some"', "smtp_security"),
        ("mail_from = 7", "mail_from"),
        ('database_url = "postgresql://a.example/teg"', "database_url"),
    ],
)
def test_a_bad_setting_is_named(tmp_path: Path, toml: str, named: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(tmp_path, toml)
    assert refused.value.setting == named


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    secret = "x" * 24
    settings = Settings(data=tmp_path, operator_token=secret, smtp_password=secret)
    assert secret not in repr(settings)
