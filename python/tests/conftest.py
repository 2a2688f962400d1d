"""What several tests use."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]

LESSON = """\
title = "Two arms"
question = "What does MK-7 do?"
answer = "Inactive MGP ends at {end(dp_ucmgp) in k2}."
duration = "1 year"

[person]
sex = "female"
age = 60

[[arm]]
name = "usual"

[[arm]]
name = "k2"
take = ["MK-7 180 ug daily"]

[[claim]]
says = "MK-7 lowers inactive MGP"
that = "end(dp_ucmgp) in k2 < end(dp_ucmgp) in usual"
"""


@pytest.fixture
def lesson(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "two_arms.toml"
    path.write_text(LESSON)
    return path


def command(*words: object, folder: pathlib.Path) -> subprocess.CompletedProcess[str]:
    """The command of the installed package."""
    line = [sys.executable, "-m", "calcifate", *map(str, words)]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=300)
