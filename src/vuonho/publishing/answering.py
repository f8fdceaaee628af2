"""What answers at the repository now: none of it may be lost unasked, and nobody else's website is overwritten."""

from codecs import BOM_UTF8
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.codes import is_code
from vuonho.domain.hosting.paths import CNAME, counts_as_nothing, is_of_site, is_site, page_address
from vuonho.domain.register.boards import Board
from vuonho.domain.register.register import Register
from vuonho.errors import Refused
from vuonho.foreign import cited
from vuonho.publishing.letgo import matches, parse_let_go

_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages that a publishing adds, changes and takes away, as addresses below that of the site."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def refuse_collision(refs: Iterable[str], branch: str) -> None:
    """Raise Refused where git could not make the branch beside another: `main/x` where there is `main`, and the reverse."""
    there = (ref.removeprefix("refs/heads/") for ref in refs if ref.startswith("refs/heads/"))
    twin = next(
        (one for one in there if f"{branch}/".startswith(f"{one}/") or one.startswith(f"{branch}/")), branch
    )
    if twin != branch:
        raise Refused(
            Text(f"Tên nhánh {branch} trùng với nhánh {cited(twin)} đã có ở kho ấy.",
                 f"The name {branch} collides with the branch {cited(twin)} that is there."),
            Text("Chọn tên khác: vuonho publish --branch TÊN", "Choose another: vuonho publish --branch NAME"),
        )  # fmt: skip


def refuse_foreign(files: Iterable[str]) -> None:
    """Raise Refused where the branch holds another website, or files that no vuonho has written."""
    there = frozenset(path for path in files if not counts_as_nothing(path))
    foreign = sorted(path for path in there if not is_of_site(path))
    if there and not is_site(there) and not foreign:
        foreign = sorted(there)
    if foreign:
        named, more = ", ".join(map(cited, foreign[:_SHOWN])), len(foreign) - _SHOWN
        rest = Text(f" và {more} tệp nữa", f" and {more} more") if more > 0 else Text("", "")
        raise Refused(
            Text(f"Nhánh ấy đang chứa thứ khác, không phải trang do vuonho dựng: {named}{rest.vi}.",
                 f"That branch holds something else than a site by vuonho: {named}{rest.en}."),
            Text("Không ghi đè. Chọn kho khác hoặc nhánh khác (--branch); nếu không ai cần nữa thì xóa các tệp ấy ở kho rồi đăng lại.",
                 "It is not overwritten. Choose another repository or branch (--branch); if nobody needs those files, delete "
                 "them in the repository and publish again."),
        )  # fmt: skip


def pages_of(before: Mapping[str, str], after: Mapping[str, str]) -> Pages:
    """Return how the pages differ; both map paths to what stands for their content."""
    old = {address: blob for path, blob in before.items() if (address := page_address(path)) is not None}
    new = {address: blob for path, blob in after.items() if (address := page_address(path)) is not None}
    return Pages(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(page for page in new.keys() & old.keys() if new[page] != old[page])),
        tuple(sorted(old.keys() - new.keys())),
    )


def refuse_losses(
    gone: Iterable[str], let_go: Iterable[str], register: Register, boards: Iterable[Board], base_url: str
) -> tuple[str, ...]:
    """Return what was let go though it matches nothing; raise Refused for any other page that would disappear.

    What is on a plaque or a board, or has a code that the register does not know, is never let go.
    """
    wanted = {one: parse_let_go(one, base_url) for one in let_go}
    villages, lost = {board.village for board in boards}, sorted(gone)
    held = [page for page in lost if _is_for_ever(page, register, villages)]
    if held:
        raise _for_ever(held, base_url)
    idle = tuple(one for one, asked in wanted.items() if not any(matches(page, asked) for page in lost))
    left = [page for page in lost if not any(matches(page, one) for one in wanted.values())]
    if left:
        raise _would_disappear(left, [one for one in wanted if one not in idle], base_url)
    return idle


def _is_for_ever(page: str, register: Register, villages: Container[str]) -> bool:
    name = page.removesuffix("/")
    if name in villages or not page:
        return True
    row = register.by_code.get(name)
    return is_code(name) if row is None else bool(row.printed or row.status in ("withdrawn", "moved"))


def _for_ever(pages: list[str], base_url: str) -> Refused:
    return Refused(
        Text(f"Không gửi gì cả: những địa chỉ này đã in trên biển, hoặc sổ mã không còn biết, mà sẽ mất:\n{_listed(pages, base_url).vi}",
             f"Nothing was sent: these addresses are on plaques, or the register no longer knows them, and would disappear:\n"
             f"{_listed(pages, base_url).en}"),
        Text("Không bỏ được bằng --let-go. Xem có đúng dự án và đúng kho không; lấy lại hồ sơ và sổ mã từ bản sao lưu "
             "(vuonho restore), dựng lại rồi đăng. Gia đình muốn thôi thì: vuonho withdraw MÃ",
             "--let-go does not apply. See whether project and repository are the right ones; take profiles and register "
             "back from the backup (vuonho restore), build and publish. If a family wants to leave: vuonho withdraw CODE"),
    )  # fmt: skip


def _would_disappear(pages: list[str], let_go: Sequence[str], base_url: str) -> Refused:
    """Return the refusal with the call that lets all of a few go, what was let go already too."""
    call = " ".join(("vuonho publish", *(f"--let-go {page}" for page in (*let_go, *pages[:_SHOWN]))))
    more = Text(
        f"; {len(pages) - _SHOWN} địa chỉ còn lại cũng ghi như thế",
        f"; the other {len(pages) - _SHOWN} in the same way",
    )
    rest = more if len(pages) > _SHOWN else NOTHING
    return Refused(
        Text(f"Không gửi gì cả: những địa chỉ này đang mở được mà sẽ mất:\n{_listed(pages, base_url).vi}",
             f"Nothing was sent: these addresses answer now and would disappear:\n{_listed(pages, base_url).en}"),
        Text(f"Mất do nhầm thì lấy lại hồ sơ rồi dựng lại. Chưa in ở đâu và đúng là muốn bỏ thì: {call}{rest.vi}",
             "If that is a mistake, take the profiles back and build again. If they were printed nowhere and are really to "
             f"go: {call}{rest.en}"),
    )  # fmt: skip


def _listed(pages: list[str], base_url: str) -> Text:
    lines, more = [f"  {base_url}{cited(page)}" for page in pages[:_SHOWN]], len(pages) - _SHOWN
    rest = Text(f"\n  và {more} địa chỉ nữa", f"\n  and {more} more") if more > 0 else Text("", "")
    return Text("\n".join(lines) + rest.vi, "\n".join(lines) + rest.en)


def require_domain(said: bytes | None, domain: str) -> bytes | None:
    """Return the content of the file CNAME as it is to be, None for no such file; raise Refused for another domain.

    `said` is what the branch has, None for nothing. What GitHub wrote itself stays to the byte.
    """
    there = (said or b"").decode("utf-8-sig", errors="replace").strip()
    if there and there.lower() != domain:
        now = domain or "github.io"
        raise Refused(
            Text(f"Kho ấy đang mở ở tên miền riêng {cited(there)}, còn site.yaml ghi {now}.",
                 f"That repository answers at the domain {cited(there)}, but site.yaml says {now}."),
            Text(f"Chọn đúng kho; hoặc bỏ tên miền ấy ở GitHub (Settings → Pages → Custom domain); hoặc sửa base_url nếu chưa in biển. "
                 f"Tệp {CNAME} trong kho giữ tên miền ấy.",
                 "Choose the right repository; or take the domain off at GitHub (Settings → Pages → Custom domain); or change "
                 f"base_url if nothing is printed yet. The file {CNAME} in the repository holds that domain."),
        )  # fmt: skip
    if not domain:
        return None
    is_marked = (said or b"").startswith(BOM_UTF8)  # GitHub would take the mark for a letter
    return said if there and not is_marked else f"{domain}\n".encode("ascii")
