"""The words of the program: English in the source, every other language a file that is whole and up to date."""

import gettext
import shutil
import string
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from command_kit import ROOT, vuonho_process

sys.path.insert(0, str(ROOT / "tools"))

import messages

OWN = [path.name for path in messages.LOCALE.iterdir()]


def braces(text: str) -> set[str]:
    """Return the names in braces."""
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(text: object) -> list[str]:
    """Return the one form of a sentence, or those that go with numbers."""
    return [text] if isinstance(text, str) else [str(form) for form in text or ("",)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", OWN)
def test_every_sentence_is_translated(language: str) -> None:
    """`python tools/messages.py` finds nothing to add, to drop or to translate, and what it compiled is in use."""
    catalog, path = messages.translated(language), messages.LOCALE / language / "LC_MESSAGES/vuonho"
    with path.with_suffix(".po").open("rb") as file:
        kept = read_po(file, language)
    said = {(one.id, one.context) for one in catalog if one.id}
    assert {(one.id, one.context) for one in kept if one.id} == said
    missing = [one.id for one in catalog if one.id and not all(forms(one.string))]
    assert missing == []
    with path.with_suffix(".mo").open("rb") as compiled:
        program = gettext.GNUTranslations(compiled)
    for one in kept:
        if isinstance(one.id, str) and one.id:
            told = program.pgettext(one.context, one.id) if one.context else program.gettext(one.id)
            assert told == one.string


def test_what_stands_in_braces_is_given() -> None:
    """In the source and in every translation."""
    given: dict[str, frozenset[str]] = {}
    for one in messages.messages():
        if one.names:
            assert braces(one.one) | braces(one.many) <= one.names, f"{one.file}:{one.line}"
            given[one.one] = one.names
    for language in OWN:
        for message in messages.translated(language):
            first, *_ = forms(message.id)
            for text in forms(message.string):
                if first in given:
                    assert braces(text) <= given[first], text


def test_a_language_is_one_file(tmp_path: Path, demo: Path) -> None:
    """A third one, in which each sentence is marked, is offered and spoken once its file lies beside the others."""
    for name in ("src/vuonho", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    catalog = messages.template("xx")
    for one in catalog:
        if one.id:
            one.string = f"⟦{one.id}⟧" if isinstance(one.id, str) else tuple(f"⟦{form}⟧" for form in one.id)
    folder = tmp_path / "src/vuonho/locale/xx/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "vuonho.mo").write_bytes(messages.written(catalog)[1])

    source = str(tmp_path / "src")
    for words, code in ((["check"], 0), (["check", "--help"], 0), (["verify", "nowhere"], 1)):
        told = vuonho_process("-C", demo, "--lang", "xx", *words, PYTHONPATH=source)
        assert (told.code, "⟦" in told.said, "hồ sơ" in told.said) == (code, True, False), told.said
