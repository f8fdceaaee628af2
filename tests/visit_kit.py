"""What a phone fetches after its first visit to a page, to have it where there is no signal."""

import gzip
import json
import posixpath
import re
from pathlib import Path

from lxml import html


def sent(file: Path) -> int:
    """Return how many bytes a file is when it is sent."""
    return len(gzip.compress(file.read_bytes(), 6))


def kept_beside(site: Path, folder: str) -> dict[str, int]:
    """Return the files that are fetched beside a page, its pictures apart, and what each weighs when sent."""
    worker = (site / "sw.js").read_text(encoding="utf-8")
    told = json.loads(worker.partition("const SITE=")[2].partition(";\n")[0])
    page = html.document_fromstring((site / folder / "index.html").read_text(encoding="utf-8"))
    kept = [str(link) for link in page.xpath("//a[@data-keep]/@href | //img[@data-keep]/@src")]
    paths = {posixpath.normpath(f"{folder}{link}") + "/" * link.endswith("/") for link in kept}
    files = {re.sub("(?:^[.]/|/)$", "/index.html", path).lstrip("/") for path in paths}
    files -= {f"{folder}index.html", *(file for file in files if Path(file).parent.name in told["large"])}
    return {file: sent(site / file) for file in sorted({"sw.js", *told["files"], *files})}
