"""The journal: read back as written, refused when it would reach outside the site."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.output.site_writer import (
    Intent,
    Journal,
    Move,
    Removal,
    order_of,
    parse_intent,
    parse_journal,
    render_record,
)

JOURNAL = Journal(
    "site",
    ".vuonho/out/site/staging",
    "d" * 64,
    (Move("photos/bưởi.webp", 0, "a" * 64, ""), Move("index.html", 1, "b" * 64, "c" * 64)),
    (Removal("482135/index.html", "e" * 64, ""),),
    ("482135",),
)


def test_journal_is_read_back_as_written() -> None:
    """A journal survives the way to the disk and back."""
    assert parse_journal(render_record(JOURNAL)) == JOURNAL


@pytest.mark.parametrize("out", ["site", "/đường/dẫn", "\udcff"])
def test_intent_is_read_back_as_written(out: str) -> None:
    """An intent survives too, even with a folder name that is no UTF-8."""
    intent = Intent(out, ".vuonho/out/site/staging", ("site", "site/qr"))
    assert intent == parse_intent(render_record(intent))


def test_what_an_earlier_version_wrote_is_read() -> None:
    """A build that it left half done is finished by this one: the form on the disk stays."""
    journal = (
        '{"version":1,"out":"site","staging":".vuonho/out/site/staging","manifest":"d0",'
        '"moves":[["index.html",1,"b0","c0"]],"removals":[["a/index.html","e0",""]],"folders":["a"]}'
    )
    intent = '{"version":1,"out":"site","staging":".vuonho/out/site/staging","folders":["site"]}'
    moves, removals = (Move("index.html", 1, "b0", "c0"),), (Removal("a/index.html", "e0"),)
    found = Journal("site", ".vuonho/out/site/staging", "d0", moves, removals, ("a",))
    assert (parse_journal(journal.encode()), render_record(found).decode()) == (found, journal)
    assert parse_intent(intent.encode()) == Intent("site", ".vuonho/out/site/staging", ("site",))


@given(st.integers(min_value=0, max_value=len(render_record(JOURNAL)) - 1))
def test_torn_journal_is_refused(length: int) -> None:
    """No part of a journal, and no part filled up with zeros, passes for a journal."""
    whole = render_record(JOURNAL)
    assert parse_journal(whole[:length]) is None
    assert parse_journal(whole[:length].ljust(len(whole), b"\0")) is None


@each("path", ["../x", "/etc/passwd", "a/../../x", ".git/config"])
@each("key", ["moves", "removals", "folders"])
def test_journal_cannot_reach_outside(key: str, path: str) -> None:
    """A journal that names a path outside the site is not carried out."""
    whole = json.loads(render_record(JOURNAL))
    if key == "folders":
        whole[key][0] = path
    else:
        whole[key][0][0] = path
    assert parse_journal(json.dumps(whole).encode()) is None


@each("content", [b"", b"[]", b"1", b'{"version":1}', b'{"version":9}', b"[" * 100_000])
def test_other_content_is_refused(content: bytes) -> None:
    """What is neither a journal nor an intent counts as none."""
    assert (parse_journal(content), parse_intent(content)) == (None, None)


def test_assets_come_before_pages_and_the_front_door_last() -> None:
    """No page is in place before its parts, nor the front page before the others."""
    paths = [
        "index.html",
        "404.html",
        "thon/index.html",
        "en/482135/index.html",
        "qr/482135.png",
        "sitemap.xml",
    ]
    expected = [
        "qr/482135.png",
        "en/482135/index.html",
        "thon/index.html",
        "404.html",
        "sitemap.xml",
        "index.html",
    ]
    assert expected == sorted(paths, key=order_of)
