"""What is said of printed addresses that the site no longer has, and of those that never were any."""

from urllib.parse import urlsplit

from vuonho.bilingual import Text
from vuonho.domain.hosting.agreement import is_example
from vuonho.domain.register.said import Said
from vuonho.domain.values import quoted


def is_left_example(url: str, now: str) -> bool:
    """Tell whether an example was printed and the site has a real address now."""
    try:
        return is_example(url) and not is_example(now)
    except ValueError:  # what a hand wrote into the register need not be an address
        return False


def example_cure(url: str) -> Text:
    """Return what to do about plaques with an example address: nobody can ever open it (RFC 2606)."""
    base = f"https://{urlsplit(url).netloc}/"
    return Text(
        f"Địa chỉ mẫu chưa bao giờ mở được: bỏ biển ấy. Thêm {base} vào previous_urls, chạy vuonho build, rồi in lại: "
        "vuonho plaques --changed (bảng thôn: --size a3).",
        f"An example address never opens: throw that plaque away. Add {base} to previous_urls, run vuonho build, then "
        "print again: vuonho plaques --changed (a board: --size a3).",
    )


def say_other_address(code: str, url: str, now: str) -> Said:
    """Return what to say of a printed address that the site no longer has; it has `now`."""
    return (
        Text(f"Biển mã {code} in {quoted(url, 80)}, khác base_url.",
             f"The plaque of {code} says {quoted(url, 80)}, which is not below base_url."),
        example_cure(url)
        if is_left_example(url, now)
        else Text("Trả base_url về như cũ, hoặc thêm địa chỉ cũ vào previous_urls nếu nơi đó vẫn mở được.",
                  "Set base_url back, or add the old address to previous_urls if it still answers."),
    )  # fmt: skip


def say_wrong_end(code: str, url: str) -> Said:
    """Return what to say of a printed address that does not end in its code."""
    return (
        Text(f"Địa chỉ in {quoted(url, 80)} không phải của mã {code}.",
             f"The printed address {quoted(url, 80)} is not that of {code}."),
        Text(f"Xem lại trên biển: sau tên trang là {code}/.",
             f"Look at the plaque: the address ends in {code}/."),
    )  # fmt: skip
