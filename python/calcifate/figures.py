"""Teaching figures as notebooks show them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from calcifate.errors import StaysHere

if TYPE_CHECKING:
    from calcifate import _core


class Figure(StaysHere):
    """A drawn figure; a notebook shows it.

    Attributes
    ----------
    name : str
        Kind of the figure.
    title : str
        The finding in one sentence.
    description : str
        The figure in words, for people who cannot see it.
    svg : str
        The picture as SVG text, with its font.
    """

    def __init__(self, core: _core.Figure) -> None:
        self._core = core
        self.name: str = core.name
        self.title: str = core.title
        self.description: str = core.description
        self.svg: str = core.svg

    def png(self) -> bytes:
        """The picture as the bytes of a PNG file, 3200 × 1800 pixels."""
        return self._core.png()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the picture; the end of the name, ``.svg`` or ``.png``, says the format."""
        ending = os.path.splitext(os.fspath(path))[1].lower()
        if ending not in {".svg", ".png"}:
            raise ValueError(f"{os.fspath(path)}: the name of a figure ends in .svg or .png")
        content = self.png() if ending == ".png" else self.svg.encode()
        with open(path, "wb") as file:
            file.write(content)

    def __repr__(self) -> str:
        return f"<calcifate.Figure {self.name}: {self.title}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": f"{self.title}. {self.description}"}
