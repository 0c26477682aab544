"""The house itself: what holds for every module, page of docs and tracked file.

Held elsewhere: every route declares a role and nothing starts without one
(`tests/web/test_access.py`, `tests/web/test_app.py`); every refusal has a sentence in both
languages (`tests/web/test_error_messages.py`).
"""

import ast
import importlib
import inspect
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from audit.errors import AuditError
from ballots.errors import BallotError
from tests.assembly import SIGNER, bending, hold_election
from voting.errors import VotingError
from web.errors import ServiceError

ROOT = Path(__file__).resolve().parents[1]
CORE = ("voting", "ballots", "audit")
PACKAGES = (*CORE, "web")
MOST_LINES = 400

# Where waiting is measured or something is drawn; nothing there decides anything.
FLOATS_IN_AUDIT = {"audit/record.py", "audit/watch.py"}

# What each page of rules is tried on, for verifiers in other languages too.
RULES = {
    "charters": "charters.json",
    "colleges": "motions.json",
    "contests": "objects.json",
    "counting": "counts.json",
    "guarantee": "guarantees.json",
    "motions": "motions.json",
}


def list_tracked() -> list[str]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):  # a copy without its history
        built = {".venv", "node_modules", "dist", "__pycache__", ".git", ".peers"}
        found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        return sorted(str(path) for path in found if not built & set(path.parts))
    return sorted(path for path in listed.split("\0") if path and (ROOT / path).is_file())


TRACKED = list_tracked()
TEXTS = [path for path in TRACKED if not path.endswith((".png", ".jpg", ".ico", ".woff2"))]
PAGES = [path for path in TRACKED if path.endswith(".md")]
MODULES = [path for path in TRACKED if path.endswith(".py") and path.split("/")[0] in PACKAGES]


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def nodes_of(path: str) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(read(path)))


def modules_of(*packages: str) -> list[str]:
    return [path for path in MODULES if path.split("/")[0] in packages]


def imported(path: str) -> set[str]:
    """The top-level names of everything that a module imports."""
    found: set[str] = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found.update(name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found.add((node.module or "").split(".")[0])
    return found


# --- packages ---------------------------------------------------------------------------


def test_imports_go_to_the_right_only() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(program), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_core_uses_nothing_but_what_its_install_brings() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert [re.split(r"[><=]", one)[0] for one in project["dependencies"]] == [
        "PyNaCl",
        "cryptography",
        "typer",
        "rich",
    ]
    allowed = {*sys.stdlib_module_names, *CORE, "nacl", "cryptography", "typer", "rich"}
    strangers = {path: found - allowed for path in modules_of(*CORE) if (found := imported(path))}
    assert {path: names for path, names in strangers.items() if names} == {}


@pytest.mark.parametrize(
    ("package", "others"),
    [("voting", set()), ("ballots", {"cryptography", "nacl", "voting"})],
)
def test_rules_and_ballots_have_no_clock_no_chance_and_no_files(
    package: str, others: set[str]
) -> None:
    plain = {
        *(
            "array",
            "base64",
            "bisect",
            "collections",
            "concurrent",
            "dataclasses",
            "fractions",
            "functools",
        ),
        *("hashlib", "hmac", "io", "itertools", "json", "math", "re", "typing", "unicodedata"),
    }
    for path in modules_of(package):
        assert imported(path) <= plain | others | {package}, path


BLOCKED = """
import sys

class NoServer:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {names}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
        return None

sys.meta_path.insert(0, NoServer())
from audit.cli import main
main()
"""
SERVER = {
    *("a2wsgi", "alembic", "flask", "flask_babel", "flask_wtf", "jinja2", "segno", "sqlalchemy"),
    *("sqlmodel", "starlette", "uvicorn", "werkzeug", "htmx_flask"),
}


def run_without_server(*arguments: str) -> "subprocess.CompletedProcess[str]":
    program = BLOCKED.format(names=sorted(SERVER))
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_record_is_verified_without_the_server_installed(tmp_path: Path) -> None:
    record = hold_election().write(tmp_path)
    done = run_without_server("verify", str(record), "--key", SIGNER.vkey)
    assert done.returncode == 0, done.stderr
    assert "Everything in this record is right." in done.stdout


def test_a_wrong_record_is_refused_without_the_server_installed(tmp_path: Path) -> None:
    record = hold_election(bending("archived:employees", lambda found: found[:-1])).write(tmp_path)
    done = run_without_server("verify", str(record), "--json")
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["error"]["name"] == "DroppedBallotError"


def test_without_the_server_the_service_has_no_commands() -> None:
    commands = run_without_server("--help").stdout
    assert "verify" in commands
    assert "serve" not in commands


# --- code -------------------------------------------------------------------------------


def find_floats(tree: ast.AST, *, divides_fractions: bool) -> Iterator[int]:
    """The lines where a float is written or comes about."""
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float()) | ast.Name(id="float" | "round"):
                yield node.lineno
            # The square root that is a whole number; all else in that module is floats.
            case ast.Attribute(value=ast.Name(id="math"), attr=attr) if attr != "isqrt":
                yield node.lineno
            # Whole numbers divided with / are a float; a text beside it joins a path.
            case ast.BinOp(op=ast.Div()) if not (divides_fractions or is_a_path(node)):
                yield node.lineno
            case _:
                pass


def is_a_path(node: ast.BinOp) -> bool:
    return any(word in ast.unparse(node).lower() for word in ("folder", "path", "'"))


@pytest.mark.parametrize("path", sorted({*modules_of(*CORE)} - FLOATS_IN_AUDIT))
def test_no_float_decides_anything(path: str) -> None:
    tree = ast.parse(read(path))
    assert list(find_floats(tree, divides_fractions=path.startswith("voting/"))) == []


@pytest.mark.parametrize("line", ["x = 0.5", "float('1')", "round(x)", "math.sqrt(2)", "votes / 2"])
def test_a_float_would_be_found(line: str) -> None:
    assert list(find_floats(ast.parse(line), divides_fractions=False)) == [1]


@pytest.mark.parametrize("path", [*MODULES, *(p for p in TRACKED if p.endswith((".ts", ".scss")))])
def test_a_module_is_short_enough_to_be_read(path: str) -> None:
    assert len(read(path).splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", MODULES)
def test_what_verifies_raises_and_never_answers_yes_or_no(path: str) -> None:
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef) and node.name.lstrip("_").startswith("verify_"):
            assert node.returns is not None, node.name
            assert "bool" not in ast.unparse(node.returns), node.name


def is_explained(path: str) -> bool:
    return bool(ast.get_docstring(ast.parse(read(path))))


def test_every_module_says_what_it_is() -> None:
    empty = [path for path in MODULES if read(path).strip() and not is_explained(path)]
    assert [path for path in empty if "/migrations/" not in path] == []


def leaves(base: type[Exception]) -> Iterator[type[Exception]]:
    for kind in base.__subclasses__():
        if kind.__module__.split(".")[0] in PACKAGES:
            yield kind
            yield from leaves(kind)


@pytest.mark.parametrize("base", [VotingError, BallotError, AuditError, ServiceError])
def test_an_error_is_named_for_its_fact_and_says_it(base: type[Exception]) -> None:
    kinds = list(leaves(base))
    assert kinds
    for kind in kinds:
        assert kind.__name__.endswith("Error"), kind
        assert vars(kind)["__doc__"], f"{kind} says nothing of its own"


# --- rules ------------------------------------------------------------------------------


def test_every_page_of_rules_is_named_by_the_module_that_keeps_it() -> None:
    pages = {Path(path).stem for path in TRACKED if path.startswith("docs/rules/")} - {"README"}
    assert pages == RULES.keys()
    named = " ".join(read(path) for path in modules_of("voting"))
    assert {page for page in pages if f"docs/rules/{page}.md" not in named} == set()


@pytest.mark.parametrize("page", RULES)
def test_every_page_of_rules_has_vectors_that_say_what_is_expected(page: str) -> None:
    vectors = json.loads(read(f"tests/vectors/{RULES[page]}"))
    assert len(vectors["cases"]) >= 10
    assert all("expect" in case for case in vectors["cases"])


def counting_modules() -> list[ModuleType]:
    names = [path.removesuffix(".py").replace("/", ".") for path in modules_of("voting")]
    return [importlib.import_module(name) for name in names if ".counting." in name]


def test_every_way_of_counting_has_its_page_of_rules() -> None:
    counting: list[Callable[..., object]] = [
        one
        for module in counting_modules()
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("count_") and one.__module__ == module.__name__
    ]
    assert counting
    for one in counting:
        documented = importlib.import_module(one.__module__).__doc__ or ""
        assert re.search(r"docs/rules/[a-z-]+\.md", documented), one


# --- docs -------------------------------------------------------------------------------

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_NAMED = re.compile(r"\bdocs/[a-z0-9/-]+\.md\b")


def links_of(page: str) -> Iterator[Path]:
    text = re.sub(r"```.*?```", "", read(page), flags=re.DOTALL)
    for target in _LINK.findall(text):
        if not re.match(r"[a-z]+:|#", target):
            yield ((ROOT / page).parent / target.split("#")[0]).resolve()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    assert [link for link in links_of(page) if not link.exists()] == []


@pytest.mark.parametrize("path", [path for path in TEXTS if path.endswith((".py", ".ts", ".toml"))])
def test_pages_that_code_names_are_there(path: str) -> None:
    assert [page for page in _NAMED.findall(read(path)) if not (ROOT / page).is_file()] == []


def test_every_page_of_docs_can_be_reached_from_another() -> None:
    linked = {link for page in PAGES for link in links_of(page)}
    folders = {link for link in linked if link.is_dir()}
    lost = [
        page
        for page in PAGES
        if page.startswith("docs/")
        and (ROOT / page).resolve() not in linked
        and not (page.endswith("README.md") and (ROOT / page).resolve().parent in folders)
    ]
    assert lost == []


# --- files ------------------------------------------------------------------------------

_FORBIDDEN = {
    "a registry's host": r"pyp[i]\.org|pythonhoste[d]\.org|npmj[s]\.(?:org|com)|de[b]\.debian\.org",
    "a path of one machine": r"(?<![\w.])/(?:tmp|work|root|home)/",
    "unfinished work": r"\b(?:TO[D]O|FIX[M]E|X[X]X|HA[C]K)\b",
}


@pytest.mark.parametrize("what", _FORBIDDEN)
def test_no_tracked_file_holds(what: str) -> None:
    pattern = re.compile(_FORBIDDEN[what])
    found = [
        f"{path}:{number}"
        for path in TEXTS
        if path != "LICENSE"
        for number, line in enumerate(read(path).splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_nothing_that_is_built_is_tracked() -> None:
    built = re.compile(r"(^|/)(dist|node_modules|__pycache__|\.venv)/|\.(mo|pyc|min\.js)$")
    assert [path for path in TRACKED if built.search(path)] == []
