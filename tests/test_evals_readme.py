"""The walk-through in evals/README.md is executed as it stands, on a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import PROJECT_ROOT, Settings
from evals.cases import read_case_file

README = PROJECT_ROOT / "evals" / "README.md"
KEPT = 120  # every 120th case: the commands do the same, and don't ask all of them three times over
_ENTRY = re.compile(r"^(?= *- id:)", re.MULTILINE)
_BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps() -> list[tuple[str, list[str]]]:
    """Each shell block with the lines that the text block after it promises."""
    found: list[tuple[str, list[str]]] = []
    for kind, text in _BLOCK.findall(README.read_text(encoding="utf-8")):
        if kind == "sh":
            found.append((text, []))
        else:
            found[-1][1].extend(text.splitlines())
    return found


def copy_project(folder: Path, var_dir: Path) -> dict[str, str]:
    """A copy to change freely, with the test index and fewer cases; returns its environment."""
    leave = shutil.ignore_patterns("__pycache__", "runs", "pytest.lock", "LOCK")
    for name in ("assistant", "ingest", "corpus", "evals"):
        shutil.copytree(PROJECT_ROOT / name, folder / name, ignore=leave)
    shutil.copytree(var_dir, folder / "var", ignore=leave)
    for path in (folder / "evals" / "cases").glob("*.yaml"):
        head, *entries = _ENTRY.split(path.read_text(encoding="utf-8"))
        assert len(entries) == len(read_case_file(path, [])), path
        path.write_text(head + "".join(entries[::KEPT]), encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("VAGLEDAREN_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**kept, "PATH": path, "PYTHONPATH": str(folder)}


@pytest.mark.slow
def test_every_command_of_the_walk_through_does_what_the_text_promises(
    tmp_path: Path, real_settings: Settings
) -> None:
    # A walk-through that was true once sends a newcomer astray.
    environment = copy_project(tmp_path, real_settings.var_dir)
    assert len(steps()) >= 8
    for commands, promised in steps():
        done = subprocess.run(
            ["bash", "-e", "-c", commands],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
        for line in promised:
            assert line in done.stdout, f"{commands}\n{line!r} is missing in\n{done.stdout}"
