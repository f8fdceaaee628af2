"""Whatever a profile says, and however it was typed, a workbook brings it back."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vuonho.model.codes import check_digit
from vuonho.model.fields import Field
from vuonho.model.outline import household_fields
from vuonho.project.yaml_tree import Plain
from workbook_kit import told, workbook_of

LETTERS = st.characters(
    blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff\u00a0\u2028\u2029"
)
TEXTS = st.one_of(
    st.text(LETTERS | st.sampled_from("ươđệ=+-@;,:\n _x0"), min_size=1, max_size=30),
    st.sampled_from(["=1+1", "0570 012 345", "1.800 m2", "8-9", "2026-11-02", "18.1, 105.7", "Có", "1e5x", "007"]),
).map(str.strip).filter(lambda text: bool(text) and not text.startswith("#"))  # fmt: skip
"""As YAML gives them: composed, without space around. Errors of Excel (#N/A) are asked about."""


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """Return values that a profile may have for a field, right or wrong in meaning but right in shape."""
    import unicodedata  # noqa: PLC0415

    text = TEXTS.map(lambda one: unicodedata.normalize("NFC", one))
    if field.words:
        words = st.sampled_from(
            [name for word in field.words for name in (word.key, word.label.vi, word.label.en)]
        )
        return st.lists(words, max_size=3, unique=True) if field.several else words | text
    if field.kind == "record":
        return record_of(field.fields)
    if field.kind == "records":
        lone = value_of(field.field(field.lone))
        return st.lists(lone | record_of(field.fields, {field.lone: lone}), max_size=3)
    if field.is_local:
        return text | st.dictionaries(st.sampled_from(["vi", "en", "lo"]), text, min_size=1)
    if field.several:
        return st.lists(st.sampled_from(["https://a.example/", "https://b.example/x"]), max_size=2)
    if field.kind == "months":
        return st.sampled_from(["8-9", "quanh năm", ["8", "9"], ["12"]])
    if field.kind in (
        "phone",
        "day",
        "code",
    ):  # forms in which Excel would have taken something away are read with a note
        return text.filter(lambda one: not one.isdigit())
    return text


def record_of(
    fields: tuple[Field, ...], always: dict[str, st.SearchStrategy[Any]] | None = None
) -> st.SearchStrategy[Any]:
    """Return mappings with some of the fields."""
    some = {field.key: value_of(field) | st.none() for field in fields if field.key not in (always or {})}
    return st.fixed_dictionaries(always or {}, optional=some)


PROFILES = record_of(
    household_fields(), {"code": st.integers(10000, 99999).map(lambda number: f"{number}{check_digit(str(number))}"), "name": value_of(household_fields()[1])}
)  # fmt: skip


@settings(max_examples=25)
@given(PROFILES)
def test_a_profile_comes_back_as_it_went(values: dict[str, Plain]) -> None:
    """Its values and what they were made from, to the letter."""
    (home,) = told(workbook_of(values))
    assert home.base == values
    assert home.values == values
    assert home.problems == ()
