"""The potential of regions: an economy's, shared out by what each region exports."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def of_regions(potential: IntoFrameT, exports: IntoFrameT) -> IntoFrameT:
    """One row a region, importer and product, with the region's part of its economy's potential.

    ``potential``: a result of `export_potential`. ``exports``: ``region, exporter, product, value_usd``, what each
    region of an exporter sells of a product to everybody, of the same year and classification. ``region_share`` = the
    region's part of what all regions given sell, 0..1; ``potential_usd``, ``realised_usd`` and ``unrealised_usd`` are
    times it. Supply is proportional to exports; ease, balance and duties are the economy's, and what the region itself
    sells to the importer is not known, so that is shared out too. Regions that sell nothing of a product have no row.

    Raises: MissingColumns, UnfitTable.

    Checked by hand: two regions with 3 and 1 of 4 have three and one quarter of the potential.
    """
    own = frames.enter(exports)
    frames.check(own, values=["value_usd"], groups=["region", "exporter", "product"])
    frames.check_unique(own, ["region", "exporter", "product"])
    part = own.select(
        "region", "exporter", "product",
        region_share=frames.share_within(frames.number("value_usd"), ["exporter", "product"]),
    ).filter(nw.col("region_share") > 0)  # fmt: skip
    shared = [nw.col(name) * nw.col("region_share") for name in ("potential_usd", "realised_usd", "unrealised_usd")]
    table = frames.enter(potential).join(part, on=["exporter", "product"]).with_columns(*shared)
    return frames.leave(table.sort("region", "importer", "product"), potential)
