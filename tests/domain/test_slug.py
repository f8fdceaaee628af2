"""A name that people use becomes a name that every disk takes."""

import re

from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.text import LONGEST, file_stem, free_stem


@each(
    ("name", "stem"),
    [
        ("Vườn bà Hường", "vuon-ba-huong"),
        ("  Đồi chè, ngõ 3/2 ", "doi-che-ngo-3-2"),
        ("CON", "ho-con"),
        ("Com1", "ho-com1"),
        ("482135", "ho-482135"),
        ("🌳", "ho"),
        ("Village", "ho-village"),
        ("../../etc", "etc"),
        ("a" * 60, "a" * 50),
        ("Vườn của gia đình ông bà nội ngoại hai bên sông Ngàn Sâu nước", "vuon-cua-gia-dinh-ong-ba-noi-ngoai-hai-ben-song"),
    ],
)  # fmt: skip
def test_the_stem_of_a_name(name: str, stem: str) -> None:
    """Small letters without accents, cut between words."""
    assert file_stem(name) == stem


@given(st.text())
def test_any_name_gives_a_stem_for_every_disk(name: str) -> None:
    """Short, plain, and never a device of Windows."""
    stem = file_stem(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", stem)
    assert len(stem) <= LONGEST + 3
    assert stem not in {"con", "nul", "lpt1"}


def test_a_taken_stem_is_numbered() -> None:
    """From two on."""
    assert [free_stem("a", taken) for taken in (set(), {"a"}, {"a", "a-2"})] == ["a", "a-2", "a-3"]
