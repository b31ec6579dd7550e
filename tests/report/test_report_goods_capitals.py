"""Names that a list prints in capitals throughout."""

from __future__ import annotations

from corridor.report.goods import short


def test_a_name_in_capitals_is_told_in_small_letters_and_one_abbreviation_stays() -> None:
    assert short("УДОБРЕНИЯ МИНЕРАЛЬНЫЕ ИЛИ ХИМИЧЕСКИЕ, АЗОТНЫЕ:") == "удобрения минеральные или химические, азотные"
    assert short("ДСП") == "ДСП"
    assert short("Tấm PVC") == "Tấm PVC"
