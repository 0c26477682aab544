"""Mutants of a JSON structure: one thing bent, everything else as it was.

Every distinct field is bent in every way; its repetitions (the second choice, the third
proof) in one way each, so that no copy of a field is left unwatched.
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.corpus.leaves import bend_leaf, dump

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Mutant:
    """Bent bytes.

    Attributes:
        name: where and how: `answers/0/choices/0/alpha:identity`.
    """

    name: str
    raw: bytes


def bend(raw: bytes) -> Iterator[Mutant]:
    """Every mutant of a JSON structure; never the structure itself."""
    seen: set[bytes] = {raw}
    for mutant in _bend_all(raw):
        if mutant.raw not in seen:
            seen.add(mutant.raw)
            yield mutant


def _bend_all(raw: bytes) -> Iterator[Mutant]:
    yield from bend_bytes(raw)
    value = json.loads(raw)
    known: set[Path] = set()
    for path, part in walk(value):
        field = tuple("*" if isinstance(step, int) else step for step in path)
        ways = list(bend_part(part))
        if field in known:
            # Another copy of a field that was bent in every way.
            ways = ways[-1:]
        known.add(field)
        for name, other in ways:
            yield Mutant(f"{name_of(path)}:{name}", dump(put(value, path, other)))
        if isinstance(part, dict):
            yield from _repeat_keys(raw, path, part)


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every part of a structure with its path, the whole first."""
    yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))


def put(value: Any, path: Path, other: Any) -> Any:
    """The structure with another value at a path."""
    if not path:
        return other
    whole = deepcopy(value)
    part = whole
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = other
    return whole


def get(value: Any, path: Path) -> Any:
    """The value at a path."""
    for step in path:
        value = value[step]
    return value


def name_of(path: Path) -> str:
    """A path as text."""
    return "/".join(str(step) for step in path)


def bend_part(part: Any) -> Iterator[tuple[str, Any]]:
    """Other values for one part, a whole object or list included."""
    if isinstance(part, dict):
        yield from _bend_object(part)
    elif isinstance(part, list):
        yield from _bend_list(part)
    else:
        yield from bend_leaf(part)


def _bend_object(part: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "object-null", None
    yield "object-listed", [part]
    yield "object-values", list(part.values())
    yield "extra-first", {"extra": 1, **part}
    yield "extra-last", {**part, "extra": 1}
    yield "extra-null", {**part, "extra": None}
    if len(part) > 1:
        yield "keys-reversed", dict(reversed(part.items()))
        first, second, *rest = part.items()
        yield "keys-swapped", dict([second, first, *rest])
        values = list(part.values())
        yield "values-turned", dict(zip(part, values[1:] + values[:1], strict=True))
    for key, item in part.items():
        yield f"without-{key}", {k: v for k, v in part.items() if k != key}
        renamed = {(k.upper() if k == key else k): v for k, v in part.items()}
        yield f"renamed-{key}", renamed
        yield f"null-{key}", {k: (None if k == key else v) for k, v in part.items()}
        if isinstance(item, (dict, list)):
            yield f"text-{key}", {**part, key: dump(item).decode()}


def _bend_list(part: list[Any]) -> Iterator[tuple[str, Any]]:
    yield "list-null", None
    yield "emptied", []
    yield "wrapped", [part]
    if part:
        yield "as-object", {str(index): item for index, item in enumerate(part)}
        yield "null-last", [*part, None]
        yield "without-first", part[1:]
        yield "without-last", part[:-1]
        yield "first-again", [part[0], *part]
        yield "last-again", [*part, part[-1]]
        yield "a-thousand", part * (1 + 1000 // len(part))
    if len(part) > 1:
        yield "reversed", part[::-1]
        yield "turned", part[1:] + part[:1]
        yield "first-twice", [part[0], part[0], *part[2:]]


def _repeat_keys(raw: bytes, path: Path, part: dict[str, Any]) -> Iterator[Mutant]:
    """One key twice: readers that keep the first and those that keep the last would differ."""
    inner = dump(part)
    if raw.count(inner) != 1:
        return
    for key, item in part.items():
        field = dump(key) + b":" + dump(item)
        for name, other in (("twice", field), ("twice-null", dump(key) + b":null")):
            yield Mutant(
                f"{name_of(path)}:{key}-{name}",
                raw.replace(inner, b"{" + other + b"," + inner[1:]),
            )


def bend_bytes(raw: bytes) -> Iterator[Mutant]:
    """Mutants of the bytes as a whole."""
    text = raw.decode()
    whole = {
        "nothing": b"",
        "null": b"null",
        "nan": b"NaN",
        "space-before": b" " + raw,
        "newline-after": raw + b"\n",
        "carriage-return": raw + b"\r\n",
        "nul-after": raw + b"\0",
        "byte-order-mark": b"\xef\xbb\xbf" + raw,
        "utf-16": text.encode("utf-16"),
        "not-utf-8": raw[:-1] + b"\xff" + raw[-1:],
        "lone-surrogate": raw[:-1] + b',"\\ud800":1' + raw[-1:],
        "half": raw[: len(raw) // 2],
        "cut": raw[:-1],
        "twice": raw + raw,
        "listed": b"[" + raw + b"]",
        "spaced": json.dumps(json.loads(raw), ensure_ascii=False).encode(),
        "indented": json.dumps(json.loads(raw), ensure_ascii=False, indent=1).encode(),
        "escaped": text.replace("a", "\\u0061").encode(),
        "comment": raw[:-1] + b"/**/" + raw[-1:],
        "trailing-comma": raw[:-1] + b"," + raw[-1:],
        "deep-list": b"[" * 100_000 + b"]" * 100_000,
        "deep-object": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "deep-inside": raw[:-1] + b',"deep":' + b"[" * 5000 + b"]" * 5000 + raw[-1:],
        "long-number": raw[:-1] + b',"long":' + b"9" * 50_000 + raw[-1:],
        "long-text": raw[:-1] + b',"long":"' + b"9" * 500_000 + b'"' + raw[-1:],
        "many-keys": raw[:-1] + b"".join(b',"k%d":0' % n for n in range(20_000)) + raw[-1:],
    }
    for name, bent in whole.items():
        yield Mutant(f"bytes:{name}", bent)
