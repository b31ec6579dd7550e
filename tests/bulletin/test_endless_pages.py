"""Pages whose tags never end: they are text, and are read in one pass."""

import pytest

from corridor.bulletin.html import html_text

#: Long enough that looking for an end again and again takes hours.
LONG = 300_000


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>3 < 5</p><p>and 5 > 3</p>", "3 < 5\nand 5 > 3"),
        ("<p>a<!-- hidden -->b</p>", "ab"),
        ("<p>a<!-- hidden -- >b</p>", "ab"),
        ("<p>a<!-- hidden --> b <!-- open</p>", "a b <!-- open"),
        ("<p>a</p><a href='open", "a\n<a href='open"),
        ("<p>a &lt;b&gt; c</p>", "a <b> c"),
    ],
)
def test_what_has_no_end_is_text(page: str, text: str):
    assert html_text(page) == text


@pytest.mark.parametrize("piece", ["<!--", "<!-- >", "<a b='", "<a b='>\" ", "<![CDATA[>", "<!", "</", "<?", "<"])
def test_a_page_of_beginnings_is_read(piece: str):
    assert html_text((piece * LONG)[:LONG] + "<p>the end</p>").endswith("the end")
