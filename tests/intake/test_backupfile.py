"""Backups that nobody should trust: each is refused in words, before anything is written anywhere."""

import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backup_kit import PLAIN, content_of, rewrite, saved, write
from case_kit import each
from vuonho.backup.archive import MANIFEST, is_backup, open_backup
from vuonho.errors import UserError
from vuonho.output.files import digest_bytes

Change = Callable[[dict[str, bytes], dict[str, Any]], None]
HO = "profiles/thon/ho.yaml"


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound backup."""
    return saved(write(tmp_path_factory.mktemp("sound") / "du-an", PLAIN)).file


def read(path: Path) -> dict[str, bytes]:
    """Everything in a backup, read as a restoring does."""
    with open_backup(path) as backup:
        return {file.name: b"".join(backup.chunks(file.name)) for file in backup.manifest.files}


def renamed(name: str) -> Change:
    """A household's file under another name, in the zip and in its list."""

    def change(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
        entries[name] = entries.pop(HO)
        next(file for file in manifest["files"] if file["name"] == HO)["name"] = name

    return change


def more(name: str) -> Change:
    """A file that the list does not name."""
    return lambda entries, _: entries.update({name: b"x"})


def listed(**values: Any) -> Change:
    """A list that says something else."""
    return lambda _, manifest: manifest.update(values)


def of_file(**values: Any) -> Change:
    """A list that says something else of one file."""
    return lambda _, manifest: next(f for f in manifest["files"] if f["name"] == HO).update(values)


def without(_: dict[str, bytes], manifest: dict[str, Any]) -> None:
    """A list without one of the files."""
    manifest["files"] = [file for file in manifest["files"] if file["name"] != HO]


def bomb(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    """Zeros, packed a thousand to one, and honestly listed."""
    content = bytes(100_000_000)
    entries[HO] = content
    of_file(size=len(content), sha256=digest_bytes(content))(entries, manifest)


def gone(entries: dict[str, bytes], _: dict[str, Any]) -> None:
    """A zip without one of the files."""
    del entries[HO]


HOSTILE: dict[str, Change] = {
    "climbs out": renamed("profiles/../../ho.yaml"),
    "climbs out with backslashes": renamed("profiles\\..\\..\\ho.yaml"),
    "absolute": renamed("/etc/ho.yaml"),
    "drive letter": renamed("C:/ho.yaml"),
    "another folder": renamed("src/ho.yaml"),
    "of git": renamed("templates/.git/hooks/pre-commit"),
    "hidden": renamed("profiles/thon/.ho.yaml"),
    "state of the program": renamed(".vuonho/together.json"),
    "reserved name": renamed("profiles/con/ho.yaml"),
    "reserved name with extension": renamed("profiles/thon/aux.yaml"),
    "ends in a dot": renamed("profiles/thon/ho.yaml."),
    "stream of NTFS": renamed("profiles/thon/ho.yaml:x"),
    "empty part": renamed("profiles//ho.yaml"),
    "decomposed": renamed("profiles/thon/o\u0323.yaml"),
    "control character": renamed("profiles/thon/h\u202eo.yaml"),
    "long": renamed(f"profiles/{'x' * 240}.yaml"),
    "twin in capitals": renamed("profiles/thon/VILLAGE.yaml"),
    "file for a folder": renamed("profiles/thon"),
    "not listed": more("profiles/thon/them.yaml"),
    "not listed and above": more("../them.yaml"),
    "missing in the zip": gone,
    "missing in the list": without,
    "other content": lambda entries, _: entries.update({HO: entries[HO].replace(b"4", b"5")}),
    "other size": of_file(size=3),
    "other digest": of_file(sha256="0" * 64),
    "digest of another kind": of_file(sha256="0"),
    "negative size": of_file(size=-1),
    "size that is a text": of_file(size="14"),
    "more of a file": of_file(mode="0777"),
    "newer": listed(version=4),
    "no version": listed(version=True),
    "another format": listed(format="zip"),
    "another kind": listed(what="all"),
    "no date": listed(made="yesterday"),
    "no list": listed(files={}),
    "lists of nothing": listed(files=[1, None]),
    "bomb": bomb,
}


@each("change", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_not_ours_is_refused(backup: Path, tmp_path: Path, change: Change) -> None:
    """With a sentence in each language; another backup is the cure, or a newer program."""
    bad = rewrite(backup, tmp_path / "bad.zip", change)
    with pytest.raises(UserError) as refused:
        read(bad)
    assert all((*refused.value.message, *refused.value.hint))


def test_the_newer_one_is_named(backup: Path, tmp_path: Path) -> None:
    """It is sound; the program is too old."""
    newer = rewrite(
        backup, tmp_path / "newer.zip", lambda _, told: told.update(version=4, program="9.1", files=3)
    )
    with pytest.raises(UserError) as refused:
        read(newer)
    assert "9.1" in refused.value.message.vi
    assert is_backup(newer)


def test_one_that_was_packed_again_is_good(backup: Path, tmp_path: Path) -> None:
    """Unpacked and packed again by another program, with its folders: what counts is in the list."""
    target = tmp_path / "again.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("profiles")
        for name, content in reversed(content_of(backup).items()):
            archive.writestr(name, content)
    assert read(target) == PLAIN == read(backup)


def twice(path: Path) -> None:
    """The same name in the zip a second time."""
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(HO, b"x")


def link(path: Path) -> None:
    """A symbolic link, as Unix packs it."""
    entries = content_of(path)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (0o120777 if name == HO else 0o100644) << 16
            archive.writestr(info, content)


def another_packing(path: Path) -> None:
    """A packing that needs much memory to unpack."""
    entries = content_of(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


def flagged(path: Path) -> None:
    """Said to be locked with a password."""
    content = bytearray(path.read_bytes())
    for start in (content.rindex(b"PK\1\2") + 8, content.index(b"PK\3\4") + 6):
        content[start] |= 1
    path.write_bytes(content)


def many(path: Path) -> None:
    """A table of contents that claims to fill the memory."""
    content = bytearray(path.read_bytes())
    content[-12:-8] = struct.pack("<L", 2**31)
    path.write_bytes(content)


def deep(path: Path) -> None:
    """A list nested deeper than any reader goes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, b"[" * 1_000_000)


def large(path: Path) -> None:
    """A list larger than any list is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, bytes(40_000_000))


def empty(path: Path) -> None:
    """Nothing at all."""
    path.write_bytes(b"")


def cut(path: Path) -> None:
    """The end is missing: a stick was pulled out."""
    path.write_bytes(path.read_bytes()[:-40])


def picture(path: Path) -> None:
    """A photo with the name of a zip."""
    path.write_bytes(b"\xff\xd8\xff" + bytes(9000))


def shifted(path: Path) -> None:
    """A table of contents that says to begin further on: its files would begin before the file does."""
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\5\6") + 16
    (start,) = struct.unpack_from("<L", content, at)
    struct.pack_into("<L", content, at, start + 2**20)
    path.write_bytes(content)


@each(
    "spoil",
    [twice, link, another_packing, flagged, many, deep, large, empty, cut, picture, shifted],
    ids=lambda spoil: spoil.__name__,
)
def test_a_zip_that_is_none_of_ours(backup: Path, tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    """UserError in words."""
    bad = tmp_path / "bad.zip"
    bad.write_bytes(backup.read_bytes())
    spoil(bad)
    with pytest.raises(UserError) as refused:
        read(bad)
    assert all((*refused.value.message, *refused.value.hint))


@given(st.data())
def test_no_damage_passes(
    backup: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Bytes changed anywhere: the content is what it was, or the backup is refused; never anything else."""
    content = bytearray(backup.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    bad = tmp_path_factory.getbasetemp() / "hypothesis.zip"
    bad.write_bytes(content)
    try:
        found = read(bad)
    except UserError:
        return
    assert found == PLAIN


def test_a_lie_about_sizes_is_measured(backup: Path, tmp_path: Path) -> None:
    """The zip and the list say 14 bytes, and much more comes out: reading stops there."""
    packed = zlib.compressobj(wbits=-15)
    content = packed.compress(bytes(90_000_000)) + packed.flush()
    bad = tmp_path / "bad.zip"
    entries = content_of(backup)
    told = json.loads(entries[MANIFEST])
    size = next(file["size"] for file in told["files"] if file["name"] == HO)
    with zipfile.ZipFile(bad, "w") as archive:
        for name, plain in entries.items():
            archive.writestr(name, content if name == HO else plain)
        info = archive.getinfo(HO)
        info.compress_type, info.file_size, info.CRC = zipfile.ZIP_DEFLATED, size, 0
        offset = info.header_offset
    raw = bytearray(bad.read_bytes())
    raw[offset + 8 : offset + 10] = struct.pack("<H", zipfile.ZIP_DEFLATED)
    bad.write_bytes(raw)
    with pytest.raises(UserError):
        read(bad)
