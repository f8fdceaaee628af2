"""Proof over a built site that knows nothing of how it was built: codes, pages, links, photos, secrets."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.errors import Problem
from vuonho.output.verify.codes import code_problems, read_codes
from vuonho.output.verify.index import Secret, index_of
from vuonho.output.verify.links import link_problems
from vuonho.output.verify.pages import page_problems
from vuonho.output.verify.photos import photo_problems
from vuonho.output.verify.public import Value
from vuonho.output.verify.secrets import secret_problems
from vuonho.output.verify.strays import stray_problems
from vuonho.output.verify.tree import read_tree, site_base
from vuonho.output.verify.worker import worker_problems

Progress = Callable[[Text, int, int], None]
"""Called before each step with what it does, its number from 1, and how many there are."""

_STEPS = 6


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked into, as numbers, and every problem found; no problem is the proof."""

    codes: int
    pages: int
    links: int
    photos: int
    problems: tuple[Problem, ...]


def verify_site(
    site: Path,
    secrets: Iterable[Secret],
    public_values: Iterable[Value],
    progress: Progress | None = None,
) -> Report:
    """Return the proof of a built site.

    `secrets` are the unticked values, `public_values` what makes one harmless: chosen names, values that
    others ticked, the team's phone, the centres of villages. Raises VuonhoError if the folder holds no
    site, MachineTrouble if a file cannot be read.
    """
    tell = progress or _silent
    tell(Text("Đọc các trang", "Reading the pages"), 1, _STEPS)
    tree = read_tree(site)
    tell(Text("Quét mã QR", "Scanning the QR codes"), 2, _STEPS)
    codes = read_codes(tree)
    found = list(code_problems(tree, tree.base, codes))
    tell(Text("Thử các đường dẫn", "Following the links"), 3, _STEPS)
    broken, links = link_problems(tree)
    tell(Text("Xem chính sách của trang", "Checking the pages' policies"), 4, _STEPS)
    found += (*broken, *page_problems(tree), *worker_problems(tree), *stray_problems(tree))
    tell(Text("Soi thông tin trong ảnh", "Looking into the photos"), 5, _STEPS)
    loaded, photos = photo_problems(tree)
    tell(
        Text("Tìm điều gia đình chưa cho công khai", "Looking for what families did not agree to"), 6, _STEPS
    )
    found += (*loaded, *secret_problems(tree, index_of(secrets, public_values), codes))
    return Report(len(codes), len(tree.pages), links, photos, tuple(found))


def _silent(_step: Text, _number: int, _count: int) -> None:
    pass


__all__ = ["Progress", "Report", "Secret", "site_base", "verify_site"]
