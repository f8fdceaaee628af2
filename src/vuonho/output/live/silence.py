"""Why an address does not answer, in words for somebody who has never heard of names, routes and certificates."""

import socket
import ssl
from dataclasses import dataclass
from enum import Enum
from typing import Final

from vuonho.bilingual import Text

_EXPIRED, _TOO_EARLY, _OTHER_NAME = 10, 9, 62
"""What OpenSSL calls the flaws of certificates (X509_V_ERR_…)."""


class Reason(Enum):
    """What stood in the way, and what to do about it."""

    NO_NAME = (
        Text("không tìm thấy tên miền", "its domain name is not found"),
        Text(
            "Xem máy đã vào mạng chưa; nếu rồi thì xem tên miền có gõ sai hay hết hạn không.",
            "See whether this computer is online; if it is, whether the name is mistyped or has run out.",
        ),
    )
    NO_WAY = (
        Text("không kết nối được", "it cannot be reached"),
        Text(
            "Xem máy đã vào mạng chưa, rồi thử lại.", "See whether this computer is online, then try again."
        ),
    )
    TOO_SLOW = (
        Text("chờ lâu mà không thấy trả lời", "no answer in time"),
        Text(
            "Mạng yếu hoặc máy chủ bận: lát nữa thử lại.", "A weak network or a busy server: try again later."
        ),
    )
    EXPIRED = (
        Text("chứng chỉ bảo mật đã hết hạn", "its certificate has expired"),
        Text(
            "Điện thoại của khách sẽ báo nguy hiểm. Xem đồng hồ máy này; nếu đúng giờ thì báo nơi đặt trang.",
            "Phones will warn of danger. See whether this computer's clock is right; if so, tell who hosts the site.",
        ),
    )
    TOO_EARLY = (
        Text("chứng chỉ bảo mật chưa tới ngày dùng", "its certificate is not valid yet"),
        Text(
            "Đồng hồ máy này có lẽ chạy sai: chỉnh lại ngày giờ.",
            "This computer's clock is probably wrong: set it.",
        ),
    )
    OTHER_NAME = (
        Text("chứng chỉ bảo mật là của tên miền khác", "its certificate belongs to another name"),
        Text(
            "Tên miền mới gắn thì chờ tới một ngày; sau đó vào Settings → Pages, chọn Enforce HTTPS.",
            "A new domain may take a day; then tick Enforce HTTPS in Settings → Pages.",
        ),
    )
    NO_TRUST = (
        Text("chứng chỉ bảo mật không tin được", "its certificate is not trusted"),
        Text(
            "Thử mở bằng trình duyệt: trình duyệt cũng báo thì báo nơi đặt trang; nếu không, mạng này có người xen vào.",
            "Open it in a browser: if that warns too, tell who hosts the site; if not, somebody sits in this network.",
        ),
    )
    NO_SAFETY = (
        Text("không nói chuyện an toàn (https) được", "it does not speak https"),
        Text(
            "Thử mở bằng trình duyệt; mạng công cộng có khi đòi đăng nhập trước.",
            "Open it in a browser; a public network may want a login first.",
        ),
    )
    CUT_OFF = (
        Text("kết nối bị ngắt giữa chừng", "the connection was cut off"),
        Text("Lát nữa thử lại.", "Try again later."),
    )
    NO_WEB = (
        Text("câu trả lời không phải của một trang web", "what answers is no website"),
        Text("Xem lại địa chỉ.", "Look at the address again."),
    )
    NOT_TRIED = (
        Text("chưa thử, vì những địa chỉ trước không trả lời", "not tried, as those before did not answer"),
        Text("Mạng khá hơn thì thử lại.", "Try again on a better network."),
    )
    NO_TIME = (
        Text("chưa kịp thử, mạng chậm quá", "not tried in time, the network is too slow"),
        Text("Mạng khá hơn thì thử lại.", "Try again on a better network."),
    )  # fmt: skip

    def __init__(self, what: Text, hint: Text) -> None:
        self.what = what
        self.hint = hint


UNTRIED: Final = (Reason.NOT_TRIED, Reason.NO_TIME)


@dataclass(frozen=True, slots=True)
class Silence:
    """An address that gave no answer, and why."""

    url: str
    reason: Reason


def reason_of(error: Exception) -> Reason:
    """Return why an address gave no answer, from what the system or the protocol said."""
    if isinstance(error, ssl.SSLCertVerificationError):
        known = {_EXPIRED: Reason.EXPIRED, _TOO_EARLY: Reason.TOO_EARLY, _OTHER_NAME: Reason.OTHER_NAME}
        return known.get(error.verify_code, Reason.NO_TRUST)
    if isinstance(error, ssl.SSLError):
        return Reason.NO_SAFETY
    if isinstance(
        error, socket.gaierror | UnicodeError
    ):  # a name of too many letters is one that nobody can have
        return Reason.NO_NAME
    if isinstance(error, TimeoutError):
        return Reason.TOO_SLOW
    if isinstance(error, ConnectionRefusedError):
        return Reason.NO_WAY
    if isinstance(error, ConnectionError):
        return Reason.CUT_OFF
    return Reason.NO_WAY if isinstance(error, OSError) else Reason.NO_WEB
