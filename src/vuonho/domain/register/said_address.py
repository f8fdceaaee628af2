"""What is said of printed addresses that the site no longer has, and of those that never were any."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from vuonho.bilingual import Text
from vuonho.domain.hosting.agreement import is_example
from vuonho.domain.register.prints import even
from vuonho.domain.register.said import Said
from vuonho.domain.values import quoted


def is_left_example(url: str, now: str) -> bool:
    """Tell whether an example was printed and the site has a real address now."""
    try:
        return is_example(url) and not is_example(now)
    except ValueError:  # what a hand wrote into the register need not be an address
        return False


def _example_cure(url: str) -> Text:
    """Return what to do about plaques with an example address: nobody can ever open it (RFC 2606)."""
    base = f"https://{urlsplit(url).netloc}/"
    return Text(
        f"Địa chỉ mẫu chưa bao giờ mở được: bỏ biển ấy. Thêm {base} vào previous_urls, chạy vuonho build, rồi in lại: "
        "vuonho plaques --changed (bảng thôn: --size a3).",
        f"An example address never opens: throw that plaque away. Add {base} to previous_urls, run vuonho build, then "
        "print again: vuonho plaques --changed (a board: --size a3).",
    )


def site_of(url: str, last: str) -> str:
    """Return the address of the site that a printed address was below; `last` is its code, or its village."""
    return even(url).removesuffix(f"{last}/")


def previous_cure(site: str, url: str, bases: Sequence[str], gone: Iterable[str]) -> Text:
    """Return what to do about the plaques of an older site, with the line that declares all that are `gone`.

    `bases` are the address of the site now, and those declared already.
    """
    if is_left_example(url, bases[0]):
        return _example_cure(url)
    if not site.startswith("https://"):
        return Text("Trả base_url về như cũ, hoặc thêm địa chỉ cũ vào previous_urls nếu nơi đó vẫn mở được.",
                    "Set base_url back, or add the old address to previous_urls if it still answers.")  # fmt: skip
    line = f"previous_urls: [{', '.join((*bases[1:], *(one for one in gone if one.startswith('https://'))))}]"
    return Text(f"Nơi đó không mở được nữa thì trả base_url về như cũ. Còn mở được thì trong site.yaml ghi: {line}",
                f"If it no longer answers, set base_url back. If it does, write into site.yaml: {line}")  # fmt: skip


def say_other_address(code: str, url: str, site: str, count: int) -> Text:
    """Return what to say of `count` plaques with addresses below an older site; `code` and `url` are the first's."""
    if count > 1:
        return Text(f"{count} biển đã in với {quoted(site, 80)}, khác base_url.",
                    f"{count} plaques say {quoted(site, 80)}, which is not base_url.")  # fmt: skip
    return Text(f"Biển mã {code} in {quoted(url, 80)}, khác base_url.",
                f"The plaque of {code} says {quoted(url, 80)}, which is not below base_url.")  # fmt: skip


def say_wrong_end(code: str, url: str) -> Said:
    """Return what to say of a printed address that does not end in its code."""
    return (
        Text(f"Địa chỉ in {quoted(url, 80)} không phải của mã {code}.",
             f"The printed address {quoted(url, 80)} is not that of {code}."),
        Text(f"Xem lại trên biển: sau tên trang là {code}/.",
             f"Look at the plaque: the address ends in {code}/."),
    )  # fmt: skip
