"""What is said goes where it belongs, and a bar is drawn only where somebody looks."""

import io
import json
import sys
import unicodedata

import click
import pytest

from case_kit import each
from vuonho.cli.console import Console, choose_language, render_error, render_problems, speak_utf8
from vuonho.errors import Problem, Severity, UserError
from vuonho.i18n import Both

PHOTOS = Both("Ảnh", "Photos")


def test_no_bar_without_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows programs without a console have no stderr at all."""
    monkeypatch.setattr(sys, "stderr", None)
    with Console("vi").progress(PHOTOS, 4) as tick:
        tick()
    assert not Console("vi").is_watched


def test_nothing_behind_two_dashes_is_an_option(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--` ends the options."""
    monkeypatch.delenv("VUONHO_LANG", raising=False)
    assert choose_language(["verify", "--", "--lang=en"]) == "vi"
    assert choose_language(["--lang=en", "verify", "--", "--lang=vi"]) == "en"
    assert choose_language(["check", "--lang"]) == "vi"


def test_utf8_on_a_narrow_console(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams of another code page are turned to UTF-8; what is not even text becomes a question mark."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    speak_utf8()
    click.echo("Vườn \udcff")
    assert raw.getvalue().replace(b"\r\n", b"\n") == "Vườn ?\n".encode()


def test_what_is_repeated_from_outside_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Boxes stand for what a terminal would obey; our own line ends stay."""
    said = Both("một\nhai \x1b[31m\x9b\u202e\r", "one\ntwo \x1b[31m\x9b\u202e\r")
    console = Console("en")
    console.print(said)
    console.success(said)
    console.warn(said)
    assert capsys.readouterr() == ("one\ntwo □[31m□□□\n" * 2, "one\ntwo □[31m□□□\n")
    problem = Problem("", said, said, file="a\x1b\n.yaml", line=1)
    assert "\x1b" not in render_problems([problem], "github", "en")
    assert {"□", "\n"} >= {
        sign
        for sign in click.unstyle(render_problems([problem], "text", "en"))
        if not sign.isprintable() or sign == "□"
    }
    assert "□[31m" in click.unstyle(render_error(UserError(said, said), "en"))


def test_files_with_errors_stand_next_to_the_total() -> None:
    """Among forty notes an error would be overlooked; programs get the order of the files."""
    severities = {"a": "warning", "b": "error", "c": "warning", "d": "error", "e": "warning"}
    found = [
        Problem("", Both(name, name), Both("", ""), Severity(severity), file=name)
        for name, severity in severities.items()
    ]
    found.insert(1, Problem("", Both("?", "?"), Both("", ""), Severity.WARNING, file="b"))
    lines = click.unstyle(render_problems(found, "text", "en")).splitlines()
    assert "".join(line for line in lines if line in severities) == "acebd"
    assert lines[-6:-3] == ["b", "  Note: ?", "  Error: b"]
    assert [one["file"] for one in json.loads(render_problems(found, "json", "en"))] == [*"abbcde"]
    assert [line[-1] for line in render_problems(found, "github", "en").splitlines()] == [*"a?bcde"]


@each(
    ("typed", "expected"),
    [
        *((word, True) for word in ("c", "Có", "Vâng", "ừ", "Dạ", "ok", "OK.", "y")),
        *((word, False) for word in ("", "k", "Không", "thôi", "n")),
        *((f"dạ không\n{word}", word == "vâng") for word in ("vâng", "không")),
    ],
)
def test_a_question_is_answered_as_people_answer(
    monkeypatch: pytest.MonkeyPatch, typed: str, expected: bool
) -> None:
    """Whatever is neither yes nor no is asked again; the letters may be decomposed."""
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, typed)
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{text}\n"))
        assert Console("vi").ask(Both("Ghi?", "Write?")) is expected
