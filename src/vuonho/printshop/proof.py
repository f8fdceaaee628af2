"""The proof of a PDF before it is given out: every page as pixels, every code read back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

from vuonho.bilingual import Text
from vuonho.errors import MachineTrouble, Refused
from vuonho.output.files import write_file
from vuonho.output.press.proof import ExpectedCode, Flaw, prove_share, reading_distance_m, shares
from vuonho.render.plaques.order import Printed
from vuonho.render.plaques.press import Stamp
from vuonho.workers import spread

PAGES_AT_A_TIME = 8
FEW = 16
"""Fewer pages than this are proved sooner in one process."""
_SHOWN = 5
_NEAREST_M = 0.2
"""A code that reads only from nearer is out of focus for many phones."""


def require_proof(
    printed: Printed, jobs: int, progress: Callable[[Text, int], AbstractContextManager[Callable[[], None]]]
) -> float:
    """Return from how many metres the smallest code reads; raise MachineTrouble where one does not read at all.

    Raises Refused where codes are so small that phones could not focus on them."""
    flaws: list[Flaw] = []
    with (
        TemporaryDirectory(prefix="vuonho-", ignore_cleanup_errors=True) as folder,
        progress(Text("Đọc lại", "Proving"), printed.pages) as tick,
    ):
        pdf = Path(folder) / "proof.pdf"
        write_file(pdf, printed.content)
        parts = shares(pdf, map(_expected, printed.stamps), PAGES_AT_A_TIME)
        for part, found in zip(
            parts, spread(prove_share, parts, jobs if printed.pages >= FEW else 1), strict=True
        ):
            flaws += found
            for _ in range(part.pages):
                tick()
    if flaws:
        raise _not_proved(flaws)
    reading = min(reading_distance_m(stamp.width, stamp.modules) for stamp in printed.stamps)
    if reading < _NEAREST_M:
        raise _too_small(reading)
    return reading


def _too_small(reading: float) -> Refused:
    centimetres = f"{100 * reading:.0f}"
    return Refused(
        Text(f"Mã nhỏ quá: phải đưa điện thoại sát {centimetres} cm mới đọc được, nhiều máy không bắt nét gần thế.",
             f"The code is too small: it reads from {centimetres} cm only, and many phones do not focus that near."),
        Text("Chọn cỡ lớn hơn (--size), hoặc một base_url ngắn hơn.", "Choose a larger --size, or a shorter base_url."),
    )  # fmt: skip


def _expected(stamp: Stamp) -> ExpectedCode:
    return ExpectedCode(
        page=stamp.page,
        left_mm=stamp.left,
        top_mm=stamp.top,
        width_mm=stamp.width,
        modules=stamp.modules,
        payload=stamp.payload,
        whose=stamp.whose,
    )


def _not_proved(flaws: list[Flaw]) -> MachineTrouble:
    told = [_told(flaw) for flaw in flaws[:_SHOWN]]
    more = len(flaws) - len(told)
    if more:
        told.append(Text(f"Và {more} chỗ nữa.", f"And {more} more."))
    return MachineTrouble(
        Text(f"Tệp in chưa đạt nên không ghi ra. {' '.join(one.vi for one in told)}",
             f"The PDF failed its proof and was not written. {' '.join(one.en for one in told)}"),
        Text("Thử lại với biển lớn hơn (--size) hay địa chỉ ngắn hơn; nếu vẫn vậy, gửi dòng này cho người phát triển.",
             "Try a larger plaque (--size) or a shorter address; if it stays, send this line to the developers."),
    )  # fmt: skip


def _told(flaw: Flaw) -> Text:
    whose = f", {flaw.whose}" if flaw.whose else ""
    return Text(
        f"Trang {flaw.page + 1}{whose}: {flaw.message.vi}", f"Page {flaw.page + 1}{whose}: {flaw.message.en}"
    )
