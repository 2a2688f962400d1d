"""The documentation is true: examples run, parameters are those of the functions."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil

import pytest
from conftest import ROOT

import calcifate

MODULES = sorted(
    name for _, name, _ in pkgutil.iter_modules(calcifate.__path__, "calcifate.") if "__main__" not in name
)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.mark.parametrize("name", ["calcifate", *MODULES])
def test_examples_run(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
    assert failed == 0


def test_the_readme_runs() -> None:
    text = (ROOT / "python" / "README.md").read_text()
    names: dict[str, object] = {}
    examples = doctest.DocTestParser().get_doctest(text, names, "README.md", None, 0)
    failed, tried = doctest.DocTestRunner(optionflags=FLAGS).run(examples, clear_globs=False)
    assert failed == 0 and tried > 5
    pytest.importorskip("matplotlib").use("Agg")
    (plot,) = (part.split("```")[0] for part in text.split("```python\n")[1:] if part.startswith("axes ="))
    exec(plot, examples.globs)
    axes = examples.globs["axes"]
    assert len(axes.lines[0].get_xdata()) == 13  # the curve
    assert [label.get_text() for label in axes.get_legend().get_texts()] == ["dp_ucmgp_pmol_per_l", "measured"]


def test_the_chapter_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "docs" / "code.md").read_text()
    blocks = [part.split("```")[0] for part in text.split("```python\n")[1:]]
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for block in blocks:
        exec(block, names)
    assert blocks and len(names["curve"]) == 4  # type: ignore[arg-type]


@pytest.mark.parametrize("name", calcifate.__all__)
def test_everything_public_is_documented(name: str) -> None:
    thing = getattr(calcifate, name)
    if isinstance(thing, str):
        return
    assert inspect.getdoc(thing), name
    members = [thing] if inspect.isfunction(thing) else [
        member for key, member in vars(thing).items() if not key.startswith("_") and callable(member)
    ]
    for member in members:
        text = inspect.getdoc(member) or ""
        assert text, f"{name}.{member.__name__}"
        if "Parameters\n" not in text:
            continue
        told = text.split("Parameters\n", 1)[1].split("\n\nReturns", 1)[0]
        for parameter in inspect.signature(member).parameters:
            assert parameter == "self" or parameter in told, f"{name}: {parameter} is not documented"


def test_types_are_shipped() -> None:
    from importlib.resources import files

    assert (files("calcifate") / "py.typed").is_file()
    stub = (files("calcifate") / "_core.pyi").read_text()
    for name in dir(calcifate._core):
        if not name.startswith("_") and name.islower():
            assert f"def {name}(" in stub, name
