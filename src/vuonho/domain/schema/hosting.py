"""Where a project is published to (`pages:` in `site.yaml`): for `vuonho publish` alone, shown on no page."""

from typing import Annotated, TypeAlias

from vuonho.domain.hosting.repository import parse_branch, parse_repository
from vuonho.domain.schema.about import NEVER, Record, about
from vuonho.domain.schema.kinds import Typed
from vuonho.domain.values import clean_text


def _repository(value: object) -> str:
    text = clean_text(value) if isinstance(value, str) else ""
    parse_repository(text)
    return text


def _branch(value: object) -> str:
    return parse_branch(clean_text(value) if isinstance(value, str) else "")


RepositoryText: TypeAlias = Annotated[str, Typed(_repository)]
Branch: TypeAlias = Annotated[str, Typed(_branch)]


class Hosting(Record):
    """The repository that the built site goes to, and its branch; both empty until there is one."""

    repository: Annotated[RepositoryText | None, about(
        "Kho", "Repository", NEVER, example="https://github.com/ten-thon/ten-thon.github.io",
        help_vi="Địa chỉ kho chứa trang web; chỉ trang đã dựng được gửi tới đó.",
        help_en="The address of the repository for the website; only the built site is sent there.",
    )] = None  # fmt: skip
    branch: Annotated[Branch | None, about(
        "Nhánh", "Branch", NEVER, example="main",
        help_vi="Tên nhánh mà trang mở ra từ đó; thường là main.",
        help_en="The branch that the site is served from; usually main.",
    )] = None  # fmt: skip
