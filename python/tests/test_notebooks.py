"""The notebooks run from the first cell to the last; with `CALCIFATE_SLOW_TESTS=1`, as in `.ci/full`."""

from __future__ import annotations

import os
import pathlib

import pytest
from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "python" / "notebooks").glob("*.ipynb"))

pytestmark = [
    pytest.mark.skipif("CALCIFATE_SLOW_TESTS" not in os.environ, reason="minutes; .ci/full python"),
    pytest.mark.filterwarnings("default"),  # those of Jupyter are not ours
]


def test_there_are_four() -> None:
    assert len(NOTEBOOKS) == 4


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: pathlib.Path, tmp_path: pathlib.Path) -> None:
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "stored without outputs"
    client = nbclient.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) or "text/html" in output.get("data", {}) for output in shown)
