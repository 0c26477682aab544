"""What the build makes: the same bytes each time, small, complete, and nothing more."""

import gzip
import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from tests.web.frontend.node import FRONTEND, build_hook, built

# Design 6, K 62: all that a voting page loads, itself included, with 30 options to be graded.
MOST_PAGE_BYTES = 150_000
VOTING_PAGE = 29_000


def copy_sources(to: Path) -> Path:
    frontend = to / "web" / "frontend"
    shutil.copytree(FRONTEND, frontend, ignore=shutil.ignore_patterns("dist", "node_modules", ".*"))
    shutil.copyfile(FRONTEND / ".npmrc", frontend / ".npmrc")
    (frontend / "node_modules").symlink_to(FRONTEND / "node_modules")
    return frontend


def quiet(_sentence: str) -> None:
    """Say nothing."""


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    built("page.js")
    frontend = copy_sources(tmp_path)
    build_hook().build(tmp_path, quiet)
    names = sorted(path.name for path in (FRONTEND / "dist").iterdir())
    assert sorted(path.name for path in (frontend / "dist").iterdir()) == names
    for name in names:
        assert (frontend / "dist" / name).read_bytes() == (FRONTEND / "dist" / name).read_bytes()


def test_each_name_carries_the_hash_of_its_file() -> None:
    assets = json.loads(built("page.js").with_name("assets.json").read_text())
    scripts = {"page.js", "worker.js", "trustee.js", "trustee-worker.js", "htmx.js"}
    assert set(assets) == {*scripts, "page.css", "LICENSES.txt"}
    for name in assets.values():
        digest = hashlib.sha256((FRONTEND / "dist" / name).read_bytes()).hexdigest()
        assert re.search(r"-([0-9a-f]{16})\.", name).group(1) == digest[:16]  # type: ignore[union-attr]


def test_a_voting_page_is_light() -> None:
    files = [built(name) for name in ("page.css", "page.js", "worker.js")]
    assert sum(file.stat().st_size for file in files) + VOTING_PAGE <= MOST_PAGE_BYTES
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 40_000


def test_no_page_has_a_class_whose_styles_are_left_out() -> None:
    hook = build_hook()
    pages, scripts = FRONTEND.parent / "pages", FRONTEND / "src"
    files = [*pages.rglob("*.html"), *pages.rglob("*.py"), *scripts.rglob("*.ts")]
    named = {name for file in files for name in re.findall(r"govuk-[\w!-]+", file.read_text())}
    assert len(named) > 50
    assert not [name for name in named if hook.UNUSED.search(name)]
    # Nor is anything of our own left out.
    own = (name for file in (FRONTEND / "styles").iterdir() for name in file.read_text().split())
    assert not [name for name in own if name.startswith(".teg-") and hook.UNUSED.search(name)]


@pytest.mark.parametrize(
    ("styles", "slim"),
    [
        (".a{b:c}.govuk-link--inverse{d:e}", ".a{b:c}"),
        (".a,.govuk-link--inverse,.f{b:c}", ".a,.f{b:c}"),
        (".a:is(.g,.h),.govuk-body-lead{b:c}", ".a:is(.g,.h){b:c}"),
        (".a:not(.g--inverse,.h){b:c}.i{j:k}", ".i{j:k}"),
        ("@media print{.govuk-body-lead{b:c}}.a{b:c}", ".a{b:c}"),
        ("@media print{.govuk-body-lead{b:c}.a{b:c}}", "@media print{.a{b:c}}"),
        ("@media print{.a{font-family:inherit}}.a{font-family:inherit}", ".a{font-family:inherit}"),
    ],
)
def test_what_no_page_uses_is_left_out_and_nothing_else(styles: str, slim: str) -> None:
    assert build_hook().slim(styles) == slim


def test_nothing_is_built_while_nothing_changed(tmp_path: Path) -> None:
    built("page.js")
    frontend = copy_sources(tmp_path)
    shutil.copytree(FRONTEND / "dist", frontend / "dist")
    said: list[str] = []
    build_hook().build(tmp_path, said.append)
    assert said == ["page scripts and styles: nothing changed"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda f: (f / "src" / "new.ts").write_text("export {};"), id="new-source"),
        pytest.param(lambda f: (f / "styles" / "page.scss").write_text("p{}"), id="other-style"),
        pytest.param(lambda f: (f / "dist" / "assets.json").unlink(), id="list-gone"),
        pytest.param(
            lambda f: next((f / "dist").glob("worker-*")).write_text("alert()"), id="bent-worker"
        ),
        pytest.param(lambda f: next((f / "dist").glob("page-*.css")).unlink(), id="styles-gone"),
    ],
)
def test_whatever_changed_is_noticed(tmp_path: Path, change: object) -> None:
    built("page.js")
    frontend = copy_sources(tmp_path)
    shutil.copytree(FRONTEND / "dist", frontend / "dist")
    hook = build_hook()
    assert hook.is_current(frontend / "dist", hook.stamp_of(frontend))
    assert callable(change)
    change(frontend)
    assert not hook.is_current(frontend / "dist", hook.stamp_of(frontend))


def test_a_mistake_in_a_source_stops_the_build(tmp_path: Path) -> None:
    built("page.js")
    frontend = copy_sources(tmp_path)
    (frontend / "src" / "wrong.ts").write_text('export const half: number = "half";')
    with pytest.raises(build_hook().FrontendBuildError, match=r"wrong\.ts"):
        build_hook().build(tmp_path, quiet)
    assert not (frontend / "dist").exists()


def test_every_bundled_package_has_its_notice() -> None:
    text = built("LICENSES.txt").read_text()
    titles = re.findall(r"^=+\n(\S+) [\d.]+ \((.+)\)$", text, re.MULTILINE)
    assert titles == [
        ("@noble/curves", "MIT"),
        ("@noble/hashes", "MIT"),
        ("govuk-frontend", "MIT"),
        ("htmx.org", "0BSD"),
    ]
    assert text.count("Permission is hereby granted") == 3


def test_no_registry_is_named_in_the_lock_file() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_scripts_and_styles_load_nothing_from_elsewhere() -> None:
    text = built("page.css").read_text()
    assert "url(" not in text
    assert "@import" not in text
    assert "GDS Transport" not in text
    for name in ("page.js", "worker.js", "trustee.js", "trustee-worker.js"):
        script = built(name).read_text()
        assert not re.search(r"\beval\(|new Function|\bimport\(|https?://", script), name


PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: cy\\n"

msgid "Start"
msgstr "Dechrau"

#, fuzzy
msgid "Stop"
msgstr "Wedi'i ddyfalu"
"""


def test_translations_are_compiled_without_guesses(tmp_path: Path) -> None:
    folder = tmp_path / "member" / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(PO)
    build_hook().compile_translations(tmp_path)
    compiled = (folder / "messages.mo").read_bytes()
    assert b"Dechrau" in compiled
    assert b"ddyfalu" not in compiled
