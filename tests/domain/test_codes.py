"""The codes on the plaques."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.model.codes import check_digit, is_code, likely, new_code, parse_code


@each("typed", ["482135", "482 135", " 48 21 35 ", "482\u00a0135", "10008", "12345671"])
def test_codes_with_their_check_digit(typed: str) -> None:
    """Five to eight digits with the right last one; people read them in groups, so spaces are allowed."""
    code = "".join(typed.split())
    assert parse_code(typed) == code
    assert is_code(code)
    assert is_code(typed) is (typed == code)


@each(
    ("typed", "said", "cure"),
    [
        ("", "There is no code.", "assign"),
        *((typed, "a code has 5 to 8 digits", "assign") for typed in ("4821", "123456789", "4821351234")),
        *((typed, "wrong digit, or two digits swapped", "assign") for typed in ("482136", "428135", "48213")),
        *((typed, "the first not 0", "assign") for typed in ("0482136", "082135")),
        *((typed, "no digit", "assign") for typed in ("48213A", "-82135")),
        *((typed, "no digit", "482135") for typed in (
            "４８２１３５", "482.135", "482135.0", "https://vuonmau.example/482135/", "482135x")),
    ],
)  # fmt: skip
def test_refusals_say_what_is_wrong(typed: str, said: str, cure: str) -> None:
    """Each way of being wrong has its own words and its own way out; a code within longer text is named."""
    assert not is_code(typed)
    with pytest.raises(UserError) as caught:
        parse_code(typed)
    assert said in caught.value.message.en
    assert cure in caught.value.hint.en


def test_a_slip_is_traced_to_the_register() -> None:
    """A digit changed, two swapped, one missing and one doubled lead to the registered code; it is not its own slip."""
    known = ("482135", "913470")
    assert [likely(slip, known) for slip in ("482185", "428135", "48135", "4882135")] == [("482135",)] * 4
    assert likely("482135", known) == ()
    with pytest.raises(UserError) as caught:
        parse_code("482185", known)
    assert "482135" in caught.value.hint.vi


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
        assert is_code(parse_code(text))
    except UserError as error:
        assert all((*error.message, *error.hint))  # noqa: PT017 - refused or not


def test_new_codes_are_codes_and_never_repeat() -> None:
    """Valid, six digits long, different, of at least three digits; a source stuck on one number repeats none."""
    taken: set[str] = set()
    for _ in range(200):
        taken.add(new_code(taken))
    assert len(taken) == 200
    assert all(is_code(code) and len(code) == 6 and len(set(code)) >= 3 for code in taken)
    first = new_code((), lambda _: 7)
    assert abs(int(first) - int(new_code((first,), lambda _: 7))) > 1000
    poor = [body for body in range(90_000) if len(set(str(10_000 + body))) < 2]
    assert all(len(set(new_code((), lambda _, body=body: body))) >= 3 for body in poor)  # type: ignore[misc]


def test_when_all_codes_are_taken() -> None:
    """A full register is said in words, not by running for ever."""

    class Everything:
        def __contains__(self, code: object) -> bool:
            return True

    with pytest.raises(UserError, match="taken"):
        new_code(Everything(), lambda n: next(count()) % n)
