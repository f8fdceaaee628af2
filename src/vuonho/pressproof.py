"""The proof of a PDF before it is given out: every page as pixels, every code read back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

from vuonho.bilingual import Text
from vuonho.errors import MachineTrouble
from vuonho.output.files import write_file
from vuonho.output.press.proof import ExpectedCode, Flaw, prove_share, reading_distance_m, shares
from vuonho.render.plaques.order import Printed
from vuonho.render.plaques.press import Stamp
from vuonho.workers import spread

PAGES_AT_A_TIME = 8
FEW = 16
"""Fewer pages than this are proved sooner in one process."""


def require_proof(
    printed: Printed, jobs: int, progress: Callable[[Text, int], AbstractContextManager[Callable[[], None]]]
) -> float:
    """Return from how many metres the smallest code reads; raise MachineTrouble where one does not read at all."""
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
    return min(reading_distance_m(stamp.width, stamp.modules) for stamp in printed.stamps)


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
    shown = flaws[:5]
    more = len(flaws) - len(shown)
    vi = "; ".join(f"trang {one.page + 1}, {one.whose}: {one.message.vi}" for one in shown)
    en = "; ".join(f"page {one.page + 1}, {one.whose}: {one.message.en}" for one in shown)
    return MachineTrouble(
        Text(f"Tệp in chưa đạt nên không ghi ra: {vi}{f'; và {more} chỗ nữa' if more else ''}",
             f"The PDF failed its proof and was not written: {en}{f'; and {more} more' if more else ''}"),
        Text("Thử lại với biển lớn hơn (--size) hay địa chỉ ngắn hơn; nếu vẫn vậy, gửi dòng này cho người phát triển.",
             "Try a larger plaque (--size) or a shorter address; if it stays, send this line to the developers."),
    )  # fmt: skip
