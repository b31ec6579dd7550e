"""Complexity as Stata's ecomplexity prints it, for a world small enough to be written down.

Source: cid-harvard/py-ecomplexity (MIT), tests/fixtures, output of the Stata command on trade of ten European
economies in thirty products (HS 1992, four digits), 1995: ``ecomplexity export_val, i(origin) p(hs92) t(year)`` and the
same with ``knn(5)``. Stata reads values in single precision, so the presence below is the whole of what reaches it.
"""

import polars as pl
import pytest

from corridor.indicators import cog, coi, density, diversity, eci, pci, ubiquity

PRODUCTS = [
    "1704", "1806", "1905", "2007", "2105", "3208", "3402", "3917", "3922", "4008",
    "4010", "4905", "5602", "6804", "6810", "7010", "7307", "7308", "7309", "7310",
    "7325", "7604", "7608", "7612", "7616", "8309", "8431", "8474", "8530", "9403",
]  # fmt: skip
PRESENCE = {
    "aut": "000100011000110111001101101010",
    "blx": "111111100110001101011110000000",
    "che": "110101011011010010000111101010",
    "deu": "000001110110110110010001011110",
    "dnk": "101110000001101000000011000101",
    "esp": "100110100110110100111011110000",
    "gbr": "111101111011100011101001011110",
    "ita": "000000001000001110100000110101",
    "pol": "100010000000001001101000000001",
    "svn": "000001001110011000101110111001",
}
WORLD = pl.DataFrame(
    [
        (origin, product, int(bit))
        for origin, bits in PRESENCE.items()
        for product, bit in zip(PRODUCTS, bits, strict=True)
    ],
    schema=["exporter", "product", "value_usd"],
    orient="row",
)
STATA = {"presence": "given", "scale": "stata"}

ECI = {
    "aut": 1.073207217992253, "blx": -0.3159764634559932, "che": 1.06773721349865, "deu": 1.200861157616729,
    "dnk": -0.9777046345252988, "svn": -0.0101908039390183,
}  # fmt: skip
PCI = (
    -1.470491886427003, 0.9898334389413032, -1.28829614655021, 0.3359789984244054, -3.323137535581785,
    1.211838680172189, 0.7575610835667231, 2.794806326517154, 1.056227717927282, 0.3013836399410316,
    0.9458555639215322, 0.2528276298920076, 0.7921553064524651, 1.794091102846822, -3.047699996853477,
    0.5947683743763661, 1.865519843983964, -1.177374641095858, -1.81300391183786, 0.5613061109624367,
    -0.928657059139727, 1.071585041866113, -0.590077081819932, 1.180674892441301, 0.7101505141850155,
    0.4400665963872156, 2.140168306589086, -0.1620847904245116, 2.794806326517154, -3.434600369331548,
)  # fmt: skip
DENSITY_SVN = (
    0.5837837837837837,
    0.5225,
    0.4883177570093458,
    0.4152410575427683,
    0.4244415243101183,
    0.6039387308533917,
)
NEAREST_AUT = (0.52, 0.4213483146067415, 0.2307692307692308, 0.5, 0.2556818181818182)
COG_AUT = (-0.6248181469470029, -0.2744855294705304, -0.4292530266199984, 0, -0.6022044277365377)


def of(result: pl.DataFrame, exporter: str, name: str) -> list[float]:
    return result.filter(exporter=exporter)[name].to_list()


def test_diversity_and_ubiquity() -> None:
    counts = ubiquity(diversity(WORLD, presence="given"), presence="given")
    assert [of(counts, each, "diversity")[0] for each in ("aut", "blx", "che", "deu", "dnk", "svn")] == [
        14, 16, 16, 15, 11, 14,
    ]  # fmt: skip
    assert of(counts, "aut", "ubiquity")[:8] == [6, 3, 3, 6, 4, 5, 4, 4]


def test_eci() -> None:
    result = eci(WORLD, **STATA)
    assert {each: of(result, each, "eci")[0] for each in ECI} == pytest.approx(ECI, abs=1e-12)


def test_pci() -> None:
    assert of(pci(WORLD, **STATA), "aut", "pci") == pytest.approx(PCI, abs=1e-12)


def test_density_without_the_product_itself() -> None:
    found = of(density(WORLD, presence="given", itself=False), "svn", "density")[-6:]
    assert found == pytest.approx(DENSITY_SVN, abs=1e-12)


def test_density_of_the_five_nearest() -> None:
    found = of(density(WORLD, presence="given", itself=False, neighbours=5), "aut", "density")[:5]
    assert found == pytest.approx(NEAREST_AUT, abs=1e-12)


def test_outlook_and_gain() -> None:
    assert of(coi(WORLD, itself=False, **STATA), "svn", "coi")[0] == pytest.approx(0.5452394825389525, abs=1e-12)
    gains = cog(WORLD, itself=False, **STATA)
    assert of(gains, "aut", "cog")[:5] == pytest.approx(COG_AUT, abs=1e-12)
    assert of(gains, "svn", "cog")[-3:-1] == pytest.approx((0.1712398968559951, 0.3111968629497041), abs=1e-12)
