"""Where the site goes: what the call says, else what site.yaml says; never the project itself."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.domain.hosting.repository import Repository, on_disk, parse_branch, parse_repository
from vuonho.domain.schema.place import Site
from vuonho.errors import Refused
from vuonho.foreign import cited

BRANCH = "main"


@dataclass(frozen=True, slots=True)
class Target:
    """A repository and its branch; `is_noted` where site.yaml names both as they are."""

    repository: Repository
    branch: str
    is_noted: bool


def choose_target(root: Path, settings: Site, to: str, branch: str) -> Target:
    """Return where to publish; `to` and `branch` win over site.yaml. Raises Refused."""
    noted = settings.pages.repository if settings.pages else None
    noted_branch = (settings.pages.branch if settings.pages else None) or BRANCH
    address = to.strip() or noted or ""
    if not address:
        raise Refused(
            Text("Chưa biết đăng trang lên kho nào.", "Nothing says which repository the site goes to."),
            Text("Ghi vào profiles/site.yaml:\n      pages: {repository: https://github.com/TÊN/KHO}\n"
                 "    hoặc gọi: vuonho publish --to https://github.com/TÊN/KHO\n"
                 "    Chưa có kho thì tạo ở https://github.com/new (Public, để trống). Đừng dùng kho có hồ sơ trong đó.",
                 "Write into profiles/site.yaml:\n      pages: {repository: https://github.com/NAME/REPOSITORY}\n"
                 "    or call: vuonho publish --to https://github.com/NAME/REPOSITORY\n"
                 "    If there is none yet, make it at https://github.com/new (Public, empty); never use one that holds profiles."),
        )  # fmt: skip
    chosen = parse_branch(branch or noted_branch)
    repository = parse_repository(address)
    is_noted = (address, chosen) == (noted, noted_branch)
    return Target(_placed(root, repository) if repository.is_local else repository, chosen, is_noted)


def _placed(root: Path, repository: Repository) -> Repository:
    """Return a repository on a disk by its whole path, which is seen from the project's folder."""
    path = Path(os.path.abspath(root / repository.url))  # noqa: PTH100 - git is to see a mapped drive as people do
    home, real = Path(os.path.realpath(root)), Path(os.path.realpath(path))
    is_inside = real.is_relative_to(home)
    if not os.path.exists(path):  # noqa: PTH110 - a name too long for any disk is not there either
        raise _not_there(path, repository.url, root.parent / path.name if is_inside else path)
    if is_inside or home.is_relative_to(real):
        raise Refused(
            Text("Kho ấy là chính dự án này, nơi có hồ sơ của các gia đình.",
                 "That repository is this very project, where the families' profiles are."),
            Text("Trang cần một kho riêng ở chỗ khác, ví dụ https://github.com/TÊN/KHO",
                 "The site needs a repository of its own elsewhere, such as https://github.com/NAME/REPOSITORY"),
        )  # fmt: skip
    if not path.is_dir():
        raise _a_file(path)
    if not os.access(path, os.W_OK):
        raise _read_only(path)
    return replace(on_disk(str(path)), url=str(path))


def _not_there(path: Path, typed: str, new: Path) -> Refused:
    """Return what to say of a path where nothing is: how to write what was meant, or to make one, `new`."""
    try:
        vi = en = parse_repository(f"https://github.com/{typed}").url
    except Refused:
        vi, en = "https://github.com/TÊN/KHO", "https://github.com/NAME/REPOSITORY"
    return Refused(
        Text(f"Không thấy kho {cited(str(path))}.", f"There is no repository {cited(str(path))}."),
        Text(f'Kho ở GitHub thì ghi cả {vi}; kho mới trên ổ: git init --bare "{cited(str(new))}"',
             f'One at GitHub is written {en}; a new one on a disk: git init --bare "{cited(str(new))}"'),
    )  # fmt: skip


def _read_only(path: Path) -> Refused:
    return Refused(
        Text(f"Kho {cited(str(path))} chỉ đọc được, không ghi được.",
             f"The repository {cited(str(path))} can be read but not written."),
        Text("Kho ở USB thì gạt khóa trên USB; không thì xem quyền của thư mục ấy, rồi chạy lại.",
             "Unlock the stick, or look at the rights of that folder, then try again."),
    )  # fmt: skip


def _a_file(path: Path) -> Refused:
    return Refused(
        Text(f"{cited(str(path))} là một tệp; kho thì phải là thư mục.",
             f"{cited(str(path))} is a file; a repository is a folder."),
        Text("Xem lại tên kho; kho ở GitHub thì ghi cả https://github.com/TÊN/KHO",
             "Check its name; one at GitHub is written https://github.com/NAME/REPOSITORY"),
    )  # fmt: skip
