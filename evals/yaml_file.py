"""A YAML file as plain Python values that know their lines, so that a fault can name its own.

libyaml reads the three thousand cases in a second; ruamel's parser in Python needs ten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from evals.errors import CaseFault

Key = int | str


class LinedMap(dict[Any, Any]):
    """A mapping; ``lines`` holds each key's line."""

    lines: dict[Any, int]


class LinedList(list[Any]):
    """A list; ``lines`` holds each item's line."""

    lines: list[int]


class _Loader(yaml.CSafeLoader):
    """YAML 1.2's plain scalars: "ja", "nej", "no" and "on" are words, dates are text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in found if not tag.endswith((":bool", ":timestamp", ":value"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def load_yaml(path: Path, faults: list[CaseFault]) -> Any:  # noqa: ANN401 (whatever the file holds)
    """Return the file's values, mappings and lists as ``LinedMap`` and ``LinedList``.

    None, with the fault appended, for a file that isn't UTF-8 or YAML, or has a key twice.
    """
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        try:
            node = loader.get_single_node()
            return None if node is None else _value(node, loader)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        found = str(error.problem or error.context)
        faults.append(CaseFault(path.name, mark.line + 1 if mark else None, found, "valid YAML"))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        faults.append(CaseFault(path.name, None, str(error).splitlines()[0], "valid YAML in UTF-8"))
    return None


def line_of(node: Any, loc: Sequence[Key]) -> int | None:  # noqa: ANN401
    """Return the 1-based line of the deepest key of ``loc`` that the node has."""
    line: int | None = None
    for part in loc:
        try:
            line, node = node.lines[part], node[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line


def _value(node: yaml.Node, loader: _Loader) -> Any:  # noqa: ANN401
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, loader)
    if isinstance(node, yaml.SequenceNode):
        items = LinedList(_value(item, loader) for item in node.value)
        items.lines = [item.start_mark.line + 1 for item in node.value]
        return items
    return loader.construct_object(node)


def _mapping(node: yaml.MappingNode, loader: _Loader) -> LinedMap:
    found = LinedMap()
    found.lines = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node)) if isinstance(key_node, yaml.ScalarNode) else None
        if key is None or key in found:
            problem = f"found duplicate key {key!r}" if key in found else "found a key that is no word"
            raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
        found[key] = _value(value_node, loader)
        found.lines[key] = key_node.start_mark.line + 1
    return found
