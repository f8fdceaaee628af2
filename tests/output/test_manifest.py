"""The manifest: read back as written, and never a surprise when damaged."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import MachineError
from vuonho.output.site_folder import Entry, Manifest, parse_manifest, read_manifest, render_manifest
from vuonho.text import is_portable

entries = st.builds(
    Entry,
    st.text(max_size=8),
    st.integers(min_value=0),
    st.integers(min_value=0),
)
names = st.text(max_size=5).filter(
    lambda name: is_portable(name) and "/" not in name and name.lower() != ".git"
)
paths = st.lists(names, min_size=1, max_size=3).map("/".join)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(paths, entries, max_size=5), st.frozensets(paths, max_size=3))
def test_manifest_is_read_back_as_written(files: dict[str, Entry], folders: frozenset[str]) -> None:
    """Every manifest survives the way to the disk and back."""
    manifest = Manifest(files, folders)
    assert manifest == parse_manifest(render_manifest(manifest))


def test_order_of_writing_does_not_show() -> None:
    """The same files added in another order give the same bytes."""
    one, two = Entry("1", 1, 1), Entry("2", 2, 2)
    assert render_manifest(Manifest({"x": one, "y": two})) == render_manifest(Manifest({"y": two, "x": one}))


@given(st.binary(max_size=50) | json_values.map(lambda value: json.dumps(value).encode()))
def test_damage_is_no_manifest(content: bytes) -> None:
    """Bytes that are no manifest count as none and raise nothing."""
    assert parse_manifest(content) is None


@given(json_values, json_values, json_values)
def test_damaged_part_is_no_manifest_or_a_manifest(files: object, sources: object, folders: object) -> None:
    """Damage inside the frame raises nothing either."""
    whole = {"version": 1, "files": files, "sources": sources, "folders": folders}
    found = parse_manifest(json.dumps(whole).encode())
    assert found is None or isinstance(found, Manifest)


@each(
    "path", ["../x", "/x", "x//y", ".git/x", "a\nb", "C:/x", "x\\y", "", "x/..", "a\0b", "a\ud83d", "aux/x"]
)
@each("is_folder", [False, True])
def test_a_path_outside_a_site_makes_no_manifest(path: str, is_folder: bool) -> None:
    """Whoever wrote it: nothing that it names counts as ours."""
    files = {"x": ["1", 1, 1, []]} if is_folder else {path: ["1", 1, 1, []]}
    whole = {"version": 1, "files": files, "sources": [], "folders": [path] if is_folder else []}
    assert parse_manifest(json.dumps(whole).encode()) is None


@pytest.mark.parametrize("number", ["1e999", "-1e999"])
def test_a_number_without_end_makes_no_manifest(number: str) -> None:
    """JSON can hold one."""
    for version, size in ((number, "1"), ("1", number)):
        text = f'{{"version":{version},"files":{{"x":["1",{size},1,[]]}},"sources":[],"folders":[]}}'
        assert parse_manifest(text.encode()) is None


@pytest.mark.parametrize("content", [b"\0" * 300, b'{"version":1', b"[" * 100_000])
def test_torn_manifest_is_none(tmp_path: Path, content: bytes) -> None:
    """What a power cut may leave counts as no manifest."""
    (tmp_path / "manifest.json").write_bytes(content)
    assert read_manifest(tmp_path / "manifest.json") is None


def test_missing_manifest_is_none(tmp_path: Path) -> None:
    """A folder without state has no manifest."""
    assert read_manifest(tmp_path / "none" / "manifest.json") is None


def test_manifest_of_a_later_version_is_told() -> None:
    """A later vuonho's manifest is not guessed at."""
    with pytest.raises(MachineError):
        parse_manifest(b'{"version":2}')
