"""A village is found by its folder or its name, in whatever way people write it."""

from case_kit import each
from vuonho.model.communes import villages_called

NAMES = {"thon-dong": "Thôn Đông", "thon-tay": "Thôn Tây", "dong": "Xóm Dông", "moi": ""}


@each(
    ("typed", "slugs"),
    [("thon-dong", ("thon-dong",)), ("Thôn Đông", ("thon-dong",)), ("thon dong", ("thon-dong",)),
     ("THÔN  TÂY ", ("thon-tay",)), ("tây", ("thon-tay",)), ("dong", ("dong",)),
     ("đông", ("thon-dong", "dong")), ("moi", ("moi",)), ("", ("thon-dong", "thon-tay", "dong", "moi")),
     ("Thôn Nam", ()), ("thôn", ())],
)  # fmt: skip
def test_the_villages_meant(typed: str, slugs: tuple[str, ...]) -> None:
    """One, none, or all that it could be."""
    assert villages_called(typed, NAMES) == slugs
