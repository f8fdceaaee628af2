"""Proof that the service worker, which pages register, is there and keeps only what the site has."""

import json
import re
from collections.abc import Iterator
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Problem
from vuonho.output.verify.address import SAID, server_of
from vuonho.output.verify.tree import SiteTree, flaw

WORKER: Final = "sw.js"
"""The one script that lies in a file of its own: a worker cannot stand in a page."""

_REGISTERED: Final = re.compile(r"\bserviceWorker\b[^;]*\.\s*register\b")
_HEADER: Final = re.compile(r"const SITE=(\{.*\});")
_OFFLINE: Final = "offline.html"
_BUILD: Final = Text("Chạy lại “vuonho build”.", "Run “vuonho build” again.")


def worker_problems(tree: SiteTree) -> tuple[Problem, ...]:
    """Return what is wrong with sw.js: missing though a page registers it, or naming files that are not there.

    One file that does not come and the browser throws the whole worker away, so no page opens offline.
    """
    if WORKER in tree.files:
        return tuple(_in_worker(tree))
    page = next((file for file in sorted(tree.pages) if _registers(tree, file)), None)
    if page is None:
        return ()
    vi = f"Thiếu tệp này, trang {page} cần đến nó để mở được khi không có mạng."
    en = f"This file is missing, and {page} needs it to open where there is no signal."
    return (_say("missing", vi, en),)


def _registers(tree: SiteTree, file: str) -> bool:
    return any(_REGISTERED.search(part.text) for part in tree.pages[file].inlines if part.tag == "script")


def _in_worker(tree: SiteTree) -> Iterator[Problem]:
    shell = _shell(tree.read(WORKER).decode("utf-8", "replace"))
    if shell is None:
        yield _say("header", "Không phải tệp do vuonho dựng.", "This is not the file that vuonho builds.")
        return
    server = server_of(tree)
    for address in shell:
        if fault := server.follow(WORKER, address, asset=True).fault:
            vi = f"Tệp này giữ sẵn “{address}”: {SAID[fault].vi}."
            yield _say("shell", vi, f"This file keeps “{address}”: {SAID[fault].en}.")
    if _OFFLINE not in shell:
        vi = "Tệp này không giữ sẵn trang báo mất mạng."
        yield _say("offline", vi, "This file does not keep the page that says there is no signal.")


def _shell(script: str) -> tuple[str, ...] | None:
    """Return the addresses of the shell, None for a script that does not begin as ours does."""
    header = _HEADER.match(script)
    try:
        site = json.loads(header[1]) if header else None
    except (ValueError, RecursionError):
        return None
    files = site.get("files") if isinstance(site, dict) else None
    if not isinstance(files, list) or not all(isinstance(one, str) for one in files):
        return None
    return tuple(files)


def _say(name: str, vi: str, en: str) -> Problem:
    return flaw(WORKER, Text(vi, en), _BUILD, name=f"worker.{name}")
