"""What `vuonho plaques` takes: its options, and what they ask for together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import click

from vuonho.bilingual import NOTHING, Text
from vuonho.cli.frame import WrongUse
from vuonho.cli.options import Function
from vuonho.cli.speech import Speech
from vuonho.printshop.printing import BOARD, SIZES, Request, Wanted, Which, places


class _Option(NamedTuple):
    """One option: its names, its value's name, what it says of itself, and click's settings."""

    names: tuple[str, ...]
    value: Text
    help: Text
    settings: Mapping[str, Any]


def _flag(name: str, vi: str, en: str, **settings: Any) -> _Option:
    return _Option((name,), NOTHING, Text(vi, en), {"is_flag": True, **settings})


def _which(which: Which, vi: str, en: str) -> _Option:
    return _Option((f"--{which.value}", f"which_{which.value}"), NOTHING, Text(vi, en), {"is_flag": True})


def _valued(names: tuple[str, ...], value: Text, said: Text, **settings: Any) -> _Option:
    return _Option(names, value, said, settings)


_OPTIONS: Final = (
    _valued(("--village",), Text("THÔN", "VILLAGE"),
            Text("Các hộ của thôn này (tên thư mục).", "The households of this village (its folder).")),
    _which(Which.ALL, "Tất cả các hộ.", "All households."),
    _which(Which.NEW, "Các hộ chưa in lần nào.", "Households never printed."),
    _which(Which.CHANGED, "Các hộ mà biển đã in nay khác đi.", "Households whose printed plaque says something else now."),
    _valued(("--size",), Text("CỠ", "SIZE"), Text("Cỡ biển, xem ở trên.", "Size of the plaque, see above."),
            type=click.Choice(SIZES, case_sensitive=False), default=SIZES[0], show_default=True),
    _valued(("--sheet",), Text("a4", "a4"),
            Text("Xếp nhiều biển lên tờ A4, có đường cắt.", "Several on a sheet of A4, with lines to cut along."),
            type=click.Choice(["a4"], case_sensitive=False)),
    _valued(("--start",), Text("N", "N"),
            Text("Bắt đầu từ ô thứ N của tờ đầu, đếm từng hàng.", "Begin at place N of the first sheet, row by row."),
            type=click.IntRange(1, 99), default=1),
    _flag("--draft", "Bản thử: có chữ BẢN THỬ, không ghi vào sổ.", "A draft: marked as one, and not recorded."),
    _flag("--dry-run", "Chỉ xem sẽ in hộ nào và vì sao.", "Only show which households, and why."),
    _flag("--hung", "Ghi là biển đã treo: cùng với mã, --village hoặc --all.", "Record that plaques hang: with codes, --village or --all."),
    _Option(("--yes", "-y"), NOTHING, Text("Không hỏi lại về địa chỉ in lần đầu.", "Do not ask about addresses printed for the first time."),
            {"is_flag": True}),
    _valued(("--jobs",), Text("N", "N"),
            Text("Số việc làm cùng lúc (mặc định: tùy sức máy).", "How many things to do at once (default: as many as this computer can)."),
            type=click.IntRange(1, 64)),
    _valued(("-o", "out"), Text("TỆP", "FILE"), Text("Tên tệp PDF.", "Name of the PDF."), default=""),
)  # fmt: skip


def add_options(command: Function, speech: Speech) -> Function:
    """Return the command with its arguments and options, in one language."""
    for one in reversed(_OPTIONS):
        metavar = one.value.to(speech.language) or None
        add = click.option(*one.names, metavar=metavar, help=one.help.to(speech.language), **one.settings)
        command = add(command)
    return click.argument("codes", nargs=-1, metavar=Text("[MÃ…]", "[CODE…]").to(speech.language))(command)


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were typed."""

    codes: tuple[str, ...]
    village: str | None
    which_all: bool
    which_new: bool
    which_changed: bool
    size: str
    sheet: str | None
    start: int
    draft: bool
    dry_run: bool
    hung: bool
    yes: bool
    jobs: int | None
    out: str

    def wanted(self) -> Wanted:
        """Return what to choose; raise WrongUse where nothing is chosen, or two things that do not go together."""
        given = (self.which_all, Which.ALL), (self.which_new, Which.NEW), (self.which_changed, Which.CHANGED)
        which = [one for is_given, one in given if is_given]
        if self.codes and (self.village is not None or which):
            raise WrongUse(_CODES_ALONE)
        if not (self.codes or self.village is not None or which):
            raise WrongUse(_CHOOSE)
        if len(which) > 1:
            raise WrongUse(_ONE_OF)
        if self.size == BOARD and (self.codes or self.sheet or which not in ([], [Which.ALL])):
            raise WrongUse(_BOARD_OF)
        if self.start > places(self.size, sheet=self.sheet is not None):
            raise WrongUse(_NO_SUCH_PLACE)
        return Wanted(self.codes, self.village, *which)

    def hanging(self) -> Wanted:
        """Return whose plaques hang; raise WrongUse for options of printing, or where nobody is named."""
        if self.which_new or self.which_changed or self.sheet or self.draft or self.dry_run or self.out:
            raise WrongUse(_HUNG_ALONE)
        if self.codes and (self.village is not None or self.which_all):
            raise WrongUse(_CODES_ALONE)
        if not (self.codes or self.village is not None or self.which_all):
            raise WrongUse(_HUNG_ALONE)
        return Wanted(self.codes, self.village)

    def request(self) -> Request:
        """Return what to print; raise WrongUse as `wanted` does."""
        return Request(self.wanted(), self.size, self.sheet is not None, self.start, self.draft, self.out)


_CODES_ALONE: Final = Text(
    "Đã ghi mã thì không dùng thêm --village, --all, --new, --changed.",
    "With codes there is no --village, --all, --new or --changed.",
)
_CHOOSE: Final = Text(
    "Chưa chọn hộ: ghi mã, hoặc dùng --village, --all, --new, --changed.",
    "No household is chosen: name codes, or use --village, --all, --new, --changed.",
)
_HUNG_ALONE: Final = Text(
    "--hung chỉ đi với mã, --village hoặc --all.",
    "--hung goes with codes, --village or --all alone.",
)
_ONE_OF: Final = Text(
    "Chỉ chọn một trong --all, --new, --changed.",
    "Choose one of --all, --new and --changed.",
)
_BOARD_OF: Final = Text(
    "Bảng a3 là của cả thôn, mỗi thôn một bảng: dùng --village THÔN hoặc --all.",
    "The a3 board is that of a whole village: use --village VILLAGE or --all.",
)
_NO_SUCH_PLACE: Final = Text(
    "--start lớn hơn số ô của tờ, hoặc cỡ này không xếp lên tờ A4.",
    "--start is beyond the places of a sheet, or this size is not put on sheets.",
)
