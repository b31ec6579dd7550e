"""From drawings to pictures of dots, in the typesetter's own font: the same on every machine, no letter missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import typst

from corridor.report.charts.svg import in_font

#: A font that the typesetter carries along; it has the letters of Vietnamese and of Cyrillic.
FONT = "Libertinus Serif"

#: Dots for 96 pixels of a drawing: a chart of 640 pixels becomes 1467 dots wide.
_PPI = 220.0


def set_in_type(files: Mapping[str, bytes], **options: Any) -> Any:
    """What the typesetter makes of ``main.typ``, with its own fonts alone, offline."""
    # The package's types know of no source in several files.
    compiler: Any = typst.compile
    return compiler(dict(files), ignore_system_fonts=True, **options)


def pngs(drawings: Sequence[str], ppi: float = _PPI) -> list[bytes]:
    """Every drawing as a PNG, set in one go; ``ppi`` are dots for 96 pixels of the drawing."""
    if not drawings:
        return []
    files = {f"{place}.svg": in_font(drawn, FONT).encode() for place, drawn in enumerate(drawings)}
    pages = "".join(f'#page(image("{name}", scaling: "smooth"))\n' for name in files)
    source = f"#set page(width: auto, height: auto, margin: 0pt, fill: white)\n{pages}"
    made = set_in_type({**files, "main.typ": source.encode()}, format="png", ppi=ppi)
    return list(made) if isinstance(made, list) else [made]
