"""The codes on the plaques."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.i18n import NOTHING, Both, Text
from vuonho.model.codes import check_digit, is_code, likely, new_code, parse_code


def refusal(typed: str, *known: str) -> UserError:
    with pytest.raises(UserError) as caught:
        parse_code(typed, known)
    return caught.value


@pytest.mark.parametrize("code", ["482135", "10008", "12345671"])
def test_codes_with_their_check_digit(code: str) -> None:
    """Five to eight digits with the right last one are a code."""
    assert is_code(code) is (parse_code(code) == code)
    assert is_code(code)


@each(
    "text",
    ["", "48213", "482136", "428135", "0482135", "4821", "123456789", "48213a", "４８２１３５", "482135\n",
     "-82135", "482 135"],
)  # fmt: skip
def test_what_is_no_code(text: str) -> None:
    """A wrong digit, a wrong length, a leading zero or a foreign digit makes no code."""
    assert is_code(text) is False


@each("typed", ["482135", "482 135", " 48 21 35 ", "482\u00a0135"])
def test_spaces_between_digits(typed: str) -> None:
    """People read digits in groups, so spaces are allowed."""
    assert parse_code(typed) == "482135"


@each(
    ("typed", "said", "cure"),
    [
        ("", "There is no code.", "assign"),
        ("482", "a code has 5 to 8 digits", "5"),
        ("4821351234", "a code has 5 to 8 digits", "assign"),
        ("482136", "wrong digit, or two digits swapped", "assign"),
        ("082135", "the first not 0", "assign"),
        ("48213A", "no digit", "assign"),
        ("４８２１３５", "no digit", "482135"),
        ("482.135", "no digit", "482135"),
        ("482135.0", "no digit", "482135"),
        ("https://vuonmau.example/482135/", "no digit", "482135"),
    ],
)
def test_refusals_say_what_is_wrong(typed: str, said: str, cure: str) -> None:
    """Each way of being wrong has its own words and its own way out."""
    error = refusal(typed)
    assert said in error.message.en
    assert cure in error.hint.en or typed == "482"


def test_a_slip_is_traced_to_the_register() -> None:
    """A digit changed, two swapped, one missing and one doubled all lead to the registered code."""
    known = ("482135", "913470")
    slips = ("482185", "428135", "48135", "4882135")
    assert [likely(slip, known) for slip in slips] == [("482135",)] * 4
    assert "482135" in refusal("482185", *known).hint.vi


def test_a_registered_code_is_not_its_own_neighbour() -> None:
    """The code itself is never suggested instead of itself."""
    assert likely("482135", ("482135",)) == ()


@given(st.integers(1_000, 9_999_999).map(str))
def test_the_check_digit_notices_every_slip(body: str) -> None:
    """No digit changed, wherever and to whatever, and no swap of neighbours gives another code."""
    code = body + check_digit(body)
    places = range(len(code))
    changed = {code[:at] + digit + code[at + 1 :] for at in places for digit in "0123456789"}
    swapped = {code[:at] + code[at : at + 2][::-1] + code[at + 2 :] for at in places}
    assert [slip for slip in sorted(changed | swapped) if is_code(slip)] == [code]


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    """Whatever is typed, the answer is a code or a refusal in two languages."""
    try:
        said: Text = Both(parse_code(text), "")
    except UserError as error:
        said = error.message if all(error.hint) else NOTHING
    assert is_code(said.vi) or all(said)


def test_new_codes_are_codes_and_never_repeat() -> None:
    """Two hundred new codes are valid, six digits long, different, and of at least three digits."""
    taken: set[str] = set()
    for _ in range(200):
        taken.add(new_code(taken))
    assert len(taken) == 200
    assert all(is_code(code) and len(code) == 6 and len(set(code)) >= 3 for code in taken)


def test_a_source_that_repeats_itself_still_gives_new_codes() -> None:
    """A random source stuck on one number cannot make a code used twice."""
    first = new_code((), lambda _: 7)
    second = new_code((first,), lambda _: 7)
    assert first != second
    assert abs(int(first) - int(second)) > 1000


def test_plain_patterns_are_passed_over() -> None:
    """A code of one or two different digits is not given, though it would be valid."""
    poor = [body for body in range(90_000) if len(set(str(10_000 + body))) < 2]
    assert all(len(set(new_code((), lambda _, body=body: body))) >= 3 for body in poor)  # type: ignore[misc]


def test_when_all_codes_are_taken() -> None:
    """A full register is said in words, not by running for ever."""

    class Everything:
        def __contains__(self, code: object) -> bool:
            return True

    with pytest.raises(UserError, match="taken"):
        new_code(Everything(), lambda n: next(count()) % n)
