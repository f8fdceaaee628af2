"""One code that does not read as it should, and there is no PDF."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from case_kit import each
from command_kit import Outcome, files, vuonho
from project_kit import copy_of
from vuonho.cli.console import Console
from vuonho.errors import MachineError
from vuonho.plaques.job import Plan, Request, draw, plan_print, require_proof
from vuonho.plaques.order import Printed
from vuonho.plaques.placement import QrPlacement
from vuonho.register.choice import Wanted

WRONG = "https://vuon.example/913470/"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Return the card of one household as it comes from the press."""
    root = copy_of("good-least", tmp_path_factory.mktemp("printed"))
    return draw(root, plan_print(root, Request(Wanted(("482135",)), "a6")), Console("vi").progress)


def proved(printed: Printed, *codes: QrPlacement) -> float:
    """Prove the PDF against these codes."""
    return require_proof(replace(printed, codes=codes), 1, Console("vi").progress)


def trouble_of(printed: Printed, *codes: QrPlacement) -> MachineError:
    with pytest.raises(MachineError) as caught:
        proved(printed, *codes)
    return caught.value


def test_what_is_right_is_proved_and_its_distance_told(printed: Printed) -> None:
    """In metres, of the smallest code."""
    (code,) = printed.codes
    assert proved(printed, code) == 0.9


def test_a_code_that_leads_elsewhere_is_named(printed: Printed) -> None:
    """Page, household, what it says and what it should; in both languages, with what to do."""
    (code,) = printed.codes
    told = trouble_of(printed, replace(code, payload=WRONG))
    assert told.message.vi == (
        "Tệp in chưa đạt nên không ghi ra. Trang 1, 482135 Vườn bà Hường: "
        f"Mã QR dẫn tới “{code.payload}”, đúng ra phải là “{WRONG}”."
    )
    assert told.message.en == (
        "The PDF failed its proof and was not written. Page 1, 482135 Vườn bà Hường: "
        f"The QR code leads to “{code.payload}”; it should be “{WRONG}”."
    )
    assert "--size" in told.hint.vi
    assert "--size" in told.hint.en


def test_a_code_nobody_expects_is_named_without_a_household(printed: Printed) -> None:
    """Its page alone says where to look; and the household whose page is missing is named."""
    (code,) = printed.codes
    told = trouble_of(printed, replace(code, page=1))
    assert "Trang 1: Trên trang có thêm một mã QR lạ" in told.message.vi
    assert "Page 1: Another code stands on the page" in told.message.en
    assert "Page 2, 482135 Vườn bà Hường: The PDF lacks page 2." in told.message.en


def test_many_flaws_are_counted(printed: Printed) -> None:
    """Five are told, the others are a number."""
    (code,) = printed.codes
    pages = [replace(code, page=page) for page in range(1, 9)]
    told = trouble_of(printed, code, *pages)
    assert told.message.vi.count("thiếu trang") == 5
    assert told.message.vi.endswith("thiếu trang 6. Và 3 chỗ nữa.")
    assert told.message.en.endswith("lacks page 6. And 3 more.")


@each("language", ["vi", "en"])
@each("options", [(), ("--draft",)])
def test_without_its_proof_there_is_no_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, options: tuple[str, ...]
) -> None:
    """Exit 1 in words, the register untouched, no file left; for a draft too."""
    root = copy_of("good-least", tmp_path)
    before = files(root)
    with spoiled_press(monkeypatch):
        done: Outcome = vuonho(
            "-C", root, "plaques", "--all", "--size", "a6", "--yes", "--lang", language, *options
        )
    assert (done.code, done.out) == (1, "")
    assert {"vi": "Tệp in chưa đạt", "en": "The PDF failed its proof"}[language] in done.err
    assert WRONG in done.err
    after = files(root)
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() <= {".vuonho/.gitignore", ".vuonho/lock"}


@contextmanager
def spoiled_press(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the press believe that it was to print another address."""

    def draw_wrongly(root: Path, plan: Plan, *rest: object) -> Printed:
        printed: Printed = draw(root, plan, *rest)  # type: ignore[arg-type]
        return replace(printed, codes=tuple(replace(one, payload=WRONG) for one in printed.codes))

    with monkeypatch.context() as patch:
        patch.setattr("vuonho.plaques.job.draw", draw_wrongly)
        yield
