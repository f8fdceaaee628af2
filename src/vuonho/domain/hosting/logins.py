"""A password or token in what is to be an address: it would stand in files, in lists of commands and in messages."""

import re
import unicodedata
from typing import Final
from urllib.parse import unquote

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.foreign import TOKEN

_ON_DISK: Final = re.compile(r"[A-Za-z]:[\\/]|\.{1,2}[\\/]|file:(?:///|//[^/\\@]*/|/(?!/))", re.IGNORECASE)
"""A drive, a folder from here, a file of this computer or its network: after them any sign may stand."""
_SSH: Final = re.compile(r"ssh://[a-z0-9_][a-z0-9._-]*@", re.IGNORECASE)
"""Whom ssh asks for, mostly `git`: no secret."""
_LOGIN: Final = re.compile(
    r"[\\/]*(?:"
    r"[^\\/@]*:.*@"  # scheme://…@, user:password@
    r"|[^\\/]*@.*@"  # name@mail:password@
    r"|(?!git@)[^\\/@:]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+[\\/]"  # token@host/
    r")",
    re.DOTALL,
)
_QUESTION: Final = re.compile(
    r"(?:[a-z0-9+.-]+://|[a-z0-9.-]+\.[a-z]+/).*\?(?!tab=[a-z-]{1,30}(?:#|$))", re.IGNORECASE
)
"""What may hold a token; but `?tab=readme-ov-file` is what a browser shows of a repository at GitHub."""


def refuse_login(text: str) -> None:
    """Raise Refused for a text that carries a login, however broken it is otherwise; it is not repeated.

    To be called before anything else judges the text, for whatever judges may quote it.
    """
    plain = unicodedata.normalize("NFKC", unquote(text)).strip()
    is_address = not _ON_DISK.match(plain)
    asked = _SSH.sub("ssh://", plain)
    if TOKEN.search(plain) or (is_address and (_LOGIN.match(asked) or _QUESTION.match(plain))):
        raise Refused(
            Text("Địa chỉ có kèm tên đăng nhập, mật khẩu hoặc mã bí mật, nên không nhận.",
                 "The address carries a user name, a password or a token, so it is not taken."),
            Text("Chỉ ghi địa chỉ, ví dụ https://github.com/ten-thon/ten-thon.github.io; git sẽ tự hỏi đăng nhập. "
                 "Mã bí mật đã lỡ ghi ra thì nên hủy trên trang của nó.",
                 "Write the address alone, such as https://github.com/village/village.github.io; git asks for the "
                 "login itself. A token that was written down is better revoked."),
        )  # fmt: skip
