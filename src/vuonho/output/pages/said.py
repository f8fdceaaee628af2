"""What git complains of, in words that a neighbour understands, with git's own last line for whoever helps."""

import re
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import MachineTrouble
from vuonho.foreign import cited
from vuonho.output.pages.git import Done

_AGAIN: Final = Text("rồi chạy lại: vuonho publish", "then run again: vuonho publish")
_CURE: Final = re.compile(r"git config --global --add safe\.directory .+")
_NOISE: Final = (
    "hint:",
    "warning:",
    "Please make sure",
    "and the repository exists",
    "To ",
    "error: failed to push",
)

_Told = tuple[str, Text, Text]
_KNOWN: Final[tuple[_Told, ...]] = (
    (r"dubious ownership",
     Text("git chưa tin ổ đĩa hoặc USB chứa kho, vì nó do người khác hoặc máy khác tạo.",
          "git does not trust the disk or stick of the repository, for somebody else made it."),
     Text("Ổ đúng là của tổ thì chạy một lần: {}", "If it is your team's own, run once: {}")),
    (r"exists; cannot create",
     Text("Tên nhánh này trùng với một nhánh đã có ở kho ấy.", "The name of that branch collides with one that is there."),
     Text("Chọn tên khác: vuonho publish --branch TÊN", "Choose another: vuonho publish --branch NAME")),
    (r"stale info|fetch first|cannot lock ref|failed to lock|reference already exists|incorrect old value|failed to update ref",
     Text("Vừa có người khác đăng lên kho ấy, nên lần này chưa gửi.",
          "Somebody else has just published to that repository, so nothing was sent."),
     Text("Hỏi xem ai vừa đăng và đăng hồ sơ nào, rồi chạy lại: vuonho publish",
          "Ask who published, and from which profiles, then run again: vuonho publish")),
    (r"refusing to update checked out branch|branch is currently checked out",
     Text("Kho ấy là một thư mục làm việc, đang mở chính nhánh này.",
          "That repository is a working folder that has this very branch open."),
     Text("Dùng một kho trống: git init --bare TÊN.git", "Use a bare repository: git init --bare NAME.git")),
    (r"protected branch|GH006|GH013|rule violations|hook declined|denying non-fast-forward|deletion prohibited|not allowed to push",
     Text("Kho không nhận: nhánh ấy đang được khóa, hoặc kho có luật riêng.",
          "The repository does not take it: the branch is protected, or it has rules of its own."),
     Text("Ở GitHub: Settings → Branches (hoặc Rules), bỏ khóa nhánh này và cho phép force push, rồi chạy lại.",
          "At GitHub: Settings → Branches (or Rules), take the protection off this branch and allow force pushes, then try again.")),
    (r"GH001|exceeds GitHub's file size limit|Large files detected",
     Text("Kho không nhận vì có tệp quá lớn.", "The repository does not take it: a file is too large."),
     Text("Xem dòng của git ở dưới, thu nhỏ ảnh ấy, dựng lại, rồi đăng lại.",
          "See git's line, make that photo smaller, build and publish again.")),
    (r"insufficient permission|unable to create temporary|Read-only file system",
     Text("Không ghi được vào ổ đĩa chứa kho ấy.", "The disk of that repository cannot be written."),
     Text("Kho ở USB thì gạt khóa trên USB, hoặc xem quyền của thư mục ấy; kho của người khác thì hỏi họ, rồi chạy lại.",
          "Unlock the stick, or look at the rights of that folder; ask whoever keeps the repository, then try again.")),
    (r"[Pp]ermission to .* denied|requested URL returned error: 403|Write access to repository not granted|Permission denied(?! \()",
     Text("Tài khoản đang dùng không được ghi vào kho ấy.", "The account in use may not write to that repository."),
     Text("Nhờ chủ kho mời tài khoản của tổ (Settings → Collaborators), hoặc đăng nhập đúng tài khoản, rồi chạy lại.",
          "Ask its owner to invite your account (Settings → Collaborators), or log in with the right one, then try again.")),
    (r"Authentication failed|could not read (Username|Password)|terminal prompts disabled|Permission denied \(|Invalid username or|Host key verification failed|returned error: 401|Support for password authentication was removed",
     Text("Chưa đăng nhập được vào nơi giữ kho.", "The login at the repository's host did not work."),
     Text("Chạy vuonho publish trong cửa sổ lệnh và đăng nhập khi được hỏi (GitHub cần token hoặc trình duyệt, không "
          "dùng mật khẩu).",
          "Run vuonho publish in a terminal window and log in when asked (GitHub wants a token or the browser, no "
          "password).")),
    (r"[Rr]epository .*not found|does not appear to be a git repository|not a git repository|returned error: 404|Repository not found",
     Text("Không thấy kho ấy.", "That repository was not found."),
     Text("Xem lại địa chỉ từng chữ. Chưa có thì tạo ở https://github.com/new (Public, để trống). Kho riêng tư cần đăng "
          "nhập đúng tài khoản.",
          "Check the address letter by letter. If there is none yet, make it at https://github.com/new (Public, "
          "empty). A private one needs the right account.")),
    (r"No space left|[Dd]isk quota|unable to write (?:loose|sha1|file)|write error|disk full",
     Text("Ổ đĩa đã đầy, hoặc không ghi được nữa.", "The disk is full, or cannot be written any more."),
     Text("Xóa bớt tệp không cần trên ổ ấy, rồi chạy lại.", "Free some space on that disk, then try again.")),
    (r"SSL certificate|certificate (?:verify|has expired|is not yet)|SSL_ERROR|schannel|server certificate",
     Text("Không kiểm được chứng chỉ của nơi giữ kho.", "The certificate of the repository's host could not be checked."),
     Text("Xem ngày giờ của máy có đúng không; mạng công cộng thì đổi mạng khác, rồi chạy lại.",
          "See whether the computer's date is right; leave a public network for another, then try again.")),
    (r"Could not resolve|Failed to connect|[Cc]onnection (?:timed out|refused|reset|closed|was reset)|[Oo]peration (?:timed out|too slow)|Network is unreachable|No route to host|hung up|early EOF|RPC failed|unable to access|Could not read from remote",
     Text("Mạng chưa tới được nơi giữ kho.", "The network does not reach the repository's host."),
     Text("Xem lại Wi-Fi hoặc 4G, " + _AGAIN.vi, "Look at the Wi-Fi or mobile network, " + _AGAIN.en)),
    (r"does not support force-with-lease|object format|mismatched algorithms",
     Text("Kho ấy dùng một kiểu git khác.", "That repository uses another kind of git."),
     Text("Tạo kho mới kiểu thường: git init --bare TÊN.git", "Make a common one: git init --bare NAME.git")),
)  # fmt: skip


def in_words(done: Done, doing: Text) -> MachineTrouble:
    """Return the trouble that git met while `doing` something ("gửi trang", "sending the site")."""
    raw = last_line(done.err)
    told = f"{done.err}\n{done.out.decode('utf-8', errors='replace')}" if done.err else done.text
    for pattern, message, hint in _KNOWN:
        if re.search(pattern, told):
            cure = _CURE.search(told)
            return _trouble(message, Text(*(one.replace("{}", cure[0] if cure else "") for one in hint)), raw)
    return _trouble(
        Text(f"git chưa làm được việc {doing.vi}.", f"git failed at {doing.en}."),
        Text("Gửi dòng của git ở trên cho người giúp, " + _AGAIN.vi,
             "Send git's line above to whoever helps you, " + _AGAIN.en), raw,
    )  # fmt: skip


def _trouble(message: Text, hint: Text, raw: str) -> MachineTrouble:
    said = f"\n  (git: {raw})" if raw else ""
    return MachineTrouble(Text(message.vi + said, message.en + said), hint)


def last_line(err: str) -> str:
    """Return what git said last and meant for people, without a password that may stand in an address."""
    lines = [line.strip() for line in err.splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(_NOISE)]
    last = cited((telling or lines or [""])[-1])
    return last if len(last) <= 200 else f"{last[:199]}…"
