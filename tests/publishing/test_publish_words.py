"""What git says becomes one sentence and what to do, and how much a site may be."""

import pytest

from case_kit import each
from vuonho.errors import UserError
from vuonho.output.site_folder import MOST_BYTES
from vuonho.publish.git import last_line, refusal
from vuonho.publish.rules import require_size

SAID = {
    "fatal: unable to access 'https://github.com/a/b/': Could not resolve host: github.com": "Mạng chưa tới",
    "ssh: connect to host github.com port 22: Connection timed out\nfatal: Could not read from remote repository.": "Mạng chưa tới",
    "fatal: the remote end hung up unexpectedly": "Mạng chưa tới",
    "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.": "Chưa đăng nhập",
    "remote: Support for password authentication was removed on August 13, 2021.": "Chưa đăng nhập",
    "fatal: could not read Username for 'https://github.com': terminal prompts disabled": "Chưa đăng nhập",
    "Host key verification failed.\nfatal: Could not read from remote repository.": "Chưa đăng nhập",
    "remote: Permission to a/b.git denied to c.\nfatal: unable to access 'https://github.com/a/b/': The requested URL returned error: 403": "không được ghi",
    "remote: Repository not found.\nfatal: repository 'https://github.com/a/b/' not found": "Không thấy kho",
    "ERROR: Repository not found.\nfatal: Could not read from remote repository.": "Không thấy kho",
    "remote: error: GH006: Protected branch update failed for refs/heads/main.\n ! [remote rejected] main -> main (protected branch hook declined)": "đang được khóa",
    "error: cannot lock ref 'refs/heads/main/x': 'refs/heads/main' exists; cannot create 'refs/heads/main/x'": "trùng với một nhánh",
    " ! [rejected]        x -> main (stale info)": "Vừa có người khác",
    " ! [remote rejected] x -> main (failed to update ref)\nerror: cannot lock ref 'refs/heads/main'": "Vừa có người khác",
    "error: remote unpack failed: unable to create temporary object directory": "Không ghi được vào ổ đĩa",
    "remote: fatal: write error: No space left on device": "Ổ đĩa đã đầy",
    "fatal: unable to access 'https://github.com/a/b/': SSL certificate problem: certificate is not yet valid": "chứng chỉ",
    "fatal: mismatched algorithms: client sha1; server sha256": "kiểu git khác",
    "fatal: the receiving end does not support this repository's hash algorithm": "kiểu git khác",
    "something nobody has seen yet": "git chưa làm được lệnh git push",
    "": "git chưa làm được lệnh git push",
}


@each("err", SAID)
def test_what_git_says_in_words(err: str) -> None:
    """One cause each, a cure, and git's own line."""
    trouble = refusal("push", "", err)
    assert SAID[err] in trouble.message.vi
    assert trouble.hint.vi
    assert last_line(err) in trouble.message.vi


def test_a_password_in_an_address_is_not_repeated() -> None:
    """A setting of the user may have put one there; nor do signs that a terminal obeys get through."""
    shown = last_line("fatal: unable to access 'https://x:bi-mat@github.com/a/b/': \x1b[31mno")
    assert "bi-mat" not in shown
    assert "\x1b" not in shown


def test_a_site_may_be_so_large() -> None:
    """Up to 1 GB."""
    require_size(MOST_BYTES)
    with pytest.raises(UserError, match=r"has 1,001 MB; GitHub Pages takes up to 1 GB"):
        require_size(MOST_BYTES + 100_000)
