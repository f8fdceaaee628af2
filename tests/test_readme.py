"""The README's transcript, run as it is written, in English as it says."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from command_kit import ROOT
from transcript_kit import Play, Step

NOTHING: Mapping[str, Callable[[Step], None]] = MappingProxyType({})
README = (ROOT / "README.md").read_text(encoding="utf-8")


def play_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch, by_hand: Mapping[str, Callable[[Step], None]] = NOTHING
) -> Play:
    """Return the README ready to be played in an empty folder."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("VUONHO_LANG", "en")
    return Play(monkeypatch, by_hand, {})


def test_the_transcript_is_what_the_program_says(
    built_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the demo to a drafted plaque; its photos have been processed before, so that this takes a moment."""

    def lend_photos(_: Step) -> None:
        shutil.copytree(built_demo / ".vuonho/cache", ".vuonho/cache", dirs_exist_ok=True)

    assert play_in(tmp_path, monkeypatch, {"build": lend_photos}).untrue(README) == []
