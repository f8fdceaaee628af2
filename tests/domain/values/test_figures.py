"""Numbers and quotes that all readers of values share."""

from fractions import Fraction

from case_kit import each
from vuonho.model.values import quoted, read_number


@each(
    ("text", "value"),
    [
        ("1800", 1800),
        ("1.800", 1800),
        ("1,800", 1800),
        ("1 800", 1800),
        ("1.800,5", Fraction(3601, 2)),
        ("1,800.5", Fraction(3601, 2)),
        ("0,2", Fraction(1, 5)),
        ("0.200", Fraction(1, 5)),
        ("1.8000", Fraction(9, 5)),
        ("1.234.567", 1_234_567),
        ("1 234 567,5", Fraction(2_469_135, 2)),
        ("0", 0),
        ("1.800 500", None),
        ("1,800,50", None),
        ("1.800,500,2", None),
        ("", None),
        (".5", None),
        ("5.", None),
        ("١", None),
        ("1" * 16, None),
        ("0.800.000", None),
    ],
)
def test_numbers_are_exact(text: str, value: Fraction | int | None) -> None:
    """Three digits behind one separator are thousands in both styles, anything else is a decimal or none."""
    assert read_number(text) == value


def test_large_units_read_three_digits_as_decimals() -> None:
    """Nobody has 1,200 hectares: there 1.200 is one and a fifth."""
    assert read_number("1.200", three_are_thousands=False) == Fraction(6, 5)


def test_quotes_are_short_and_harmless() -> None:
    """A quoted value is shortened, composed, and shows a box for what cannot be seen."""
    assert quoted(" e\u0301\x1b[31m\u202e ") == "“é□[31m□”"
    assert quoted("a" * 50) == "“" + "a" * 39 + "…”"
