"""A plaque says name, village, code and address: nothing else of a profile is in its PDF, whatever is ticked."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from canary_kit import (
    CANARIES,
    CODE,
    ELSEWHERE,
    HOME_TRACES,
    NOBODY,
    TICKS,
    Profile,
    folded,
    hidden_by,
    with_ticks,
    without,
)
from canary_site import write_project
from command_kit import vuonho
from vuonho.plaques.sizes import BOARD, SIZES

pytestmark = pytest.mark.slow

PLAQUES = tuple(size for size in SIZES if size != BOARD)
BARE: Profile = {"location": {}, "garden": {}}


def prints(root: Path, profiles: dict[str, Profile], sizes: Iterable[str]) -> dict[str, bytes]:
    """Return the PDF of each size, printed for all households of a new project."""
    write_project(root, profiles)
    for size in sizes:
        done = vuonho(
            "-C", root, "plaques", "--all", "--size", size, "--yes", "--jobs", "1", "-o", f"{size}.pdf"
        )
        assert done.code == 0, done.said
    return {path.stem: path.read_bytes() for path in root.glob("*.pdf")}


def said(pdf: bytes) -> str:
    """Return what can be read of a PDF, folded: its pages, what it says of itself, and its bytes."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
        about = document.get_metadata_dict()
    return folded("\n".join([*texts, *about.values(), pdf.decode("latin-1")]))


def test_a_plaque_is_that_of_a_household_that_told_nothing_but_its_name(tmp_path: Path) -> None:
    """With every tick and value, each size is byte for byte what a profile without them gives, beside the emblem chosen."""
    full = with_ticks(TICKS)
    bare = {key: full[key] for key in ("code", "name", "consent", "plaque", "checked")} | BARE
    told = prints(tmp_path / "full", {"a.yaml": full}, PLAQUES)
    assert told == prints(tmp_path / "bare", {"a.yaml": bare}, PLAQUES)
    assert set(told) == set(PLAQUES)
    for size, pdf in told.items():
        words = said(pdf)
        assert "zumkheo" in words, size
        assert [trace for trace in traces_beyond_the_name() if trace in words] == [], size


def traces_beyond_the_name() -> list[str]:
    """Traces in letters; bare numbers may stand in a drawing by chance, and the comparison sees to those."""
    traces = [trace for one in CANARIES if one.field != ("name",) for trace in one.traces]
    return [trace for trace in (*traces, *NOBODY) if sum(map(str.isalpha, trace)) > 4]


@pytest.mark.parametrize("ticks", [(), ("story",), ("phone", "living")], ids=["none", "story", "others"])
def test_a_keepsake_tells_what_is_ticked_alone(ticks: tuple[str, ...], tmp_path: Path) -> None:
    """The story with its tick; no phone and nothing of how a family lives, ticked or not."""
    write_project(tmp_path, {"a.yaml": with_ticks(ticks)})
    done = vuonho("-C", tmp_path, "keepsake", CODE, "--jobs", "1", "-o", "k.pdf")
    assert done.code == 0, done.said
    words = said((tmp_path / "k.pdf").read_bytes())
    hidden = [trace for one in hidden_by(ticks) for trace in one.traces if trace in traces_beyond_the_name()]
    assert [trace for trace in hidden if trace in words] == []
    assert ("zongbet" in words) is ("story" in ticks)
    assert "0571" not in words


@pytest.mark.parametrize("ticks", [(), ("near_point",), ("exact_point",)], ids=["none", "near", "exact"])
def test_a_board_is_as_if_the_rest_had_never_been_told(ticks: tuple[str, ...], tmp_path: Path) -> None:
    """What is not ticked changes not one byte of it; the consent itself and the story never do."""
    profile = with_ticks(ticks)
    kept_back = [one.field for one in hidden_by(ticks) if one.field not in needed_by(ticks)]
    told = prints(tmp_path / "all", {"a.yaml": profile}, [BOARD])
    assert told == prints(tmp_path / "poorer", {"a.yaml": without(profile, kept_back)}, [BOARD])
    hidden = [trace for one in hidden_by(ticks) for trace in one.traces if trace in traces_beyond_the_name()]
    assert [trace for trace in hidden if trace in said(told[BOARD])] == []


def needed_by(ticks: tuple[str, ...]) -> list[tuple[str | int, ...]]:
    """What a profile cannot lack, and the point that gives the near one its cell."""
    return [("consent", "given"), *([("location", "point")] if "near_point" in ticks else [])]


def test_who_has_not_agreed_is_on_no_plaque_and_no_board(tmp_path: Path) -> None:
    """Byte for byte as if that household were not there."""
    neighbour = with_ticks(()) | {"code": ELSEWHERE, "name": "Vườn bên"} | BARE
    silent = with_ticks(TICKS)
    silent["consent"]["given"] = None
    sizes = ("a6", "63x38", BOARD)
    beside = prints(tmp_path / "beside", {"a.yaml": neighbour, "b.yaml": silent}, sizes)
    assert beside == prints(tmp_path / "alone", {"a.yaml": neighbour}, sizes)
    for pdf in beside.values():
        assert [trace for trace in (*HOME_TRACES, CODE) if trace in said(pdf)] == []
