"""Whether the address on the plaques is the one at which a repository answers (GitHub Docs, "About GitHub Pages").

    github.com/O/o.github.io  ──▶ https://o.github.io/          github.com/O/R ──▶ https://o.github.io/R/
    a domain of one's own     ──▶ a file CNAME in the repository, or the account's site has the domain and R is /R/

Of a repository elsewhere only its last name can be compared.
"""

from typing import Final
from urllib.parse import urlsplit

from vuonho.bilingual import Text
from vuonho.domain.hosting.repository import Repository
from vuonho.errors import Refused

_PAGES: Final = ".github.io"


def require_agreement(base_url: str, repository: Repository) -> str:
    """Return the domain for the file CNAME, "" where there is to be none; raise Refused where the two disagree."""
    parts = urlsplit(base_url)
    host, path = parts.hostname or "", parts.path
    if repository.is_on_github:
        _refuse_impossible(host, parts.port)
    if host.endswith(_PAGES):
        _require_pages(base_url, host, path, repository)
        return ""
    if path == "/":
        return host if parts.port is None else ""
    if path != f"/{repository.name}/":
        raise _disagree(base_url, repository, f"https://{host}/{repository.name}/")
    return ""


def is_example(base_url: str) -> bool:
    """Tell an address for trying out, which never answers."""
    return (urlsplit(base_url).hostname or "").endswith(".example")


def _refuse_impossible(host: str, port: int | None) -> None:
    if host.endswith(".example") or port is not None:
        raise Refused(
            Text(f"Địa chỉ trong site.yaml ({host}) chỉ để thử, trên mạng không mở được."
                 if port is None else f"GitHub không mở trang ở cổng {port}.",
                 f"The address in site.yaml ({host}) is for trying out and never answers."
                 if port is None else f"GitHub serves no site at port {port}."),
            Text("Sửa base_url trong profiles/site.yaml thành địa chỉ thật, trước khi in biển, rồi: vuonho build",
                 "Change base_url in profiles/site.yaml to the real address, before anything is printed, then: vuonho build"),
        )  # fmt: skip


def _require_pages(base_url: str, host: str, path: str, repository: Repository) -> None:
    if repository.is_on_github:
        right = address_on_github(repository)
        if base_url != right:
            raise _disagree(base_url, repository, right)
        return
    right = "/" if repository.name.lower() == host else f"/{repository.name}/"
    if path != right:
        raise _disagree(base_url, repository, f"https://{host}{right}")


def address_on_github(repository: Repository) -> str:
    """Return the address at which GitHub Pages shows a repository that has no domain of its own."""
    host = f"{repository.owner.lower()}{_PAGES}"
    return f"https://{host}/" if repository.name.lower() == host else f"https://{host}/{repository.name}/"


def _disagree(base_url: str, repository: Repository, right: str) -> Refused:
    return Refused(
        Text(f"Địa chỉ in trên biển là {base_url}, còn kho {repository.name} thì mở ở {right}",
             f"The address on the plaques is {base_url}, but the repository {repository.name} answers at {right}"),
        Text("Chọn đúng kho; hoặc, nếu chưa in biển nào, sửa base_url trong profiles/site.yaml rồi: vuonho build",
             "Choose the right repository; or, if nothing is printed yet, change base_url in profiles/site.yaml, then: vuonho build"),
    )  # fmt: skip
