"""What is dear to make, kept by key; a damaged entry counts as none."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vuonho.errors import MachineError
from vuonho.pictures.cache import Cache
from vuonho.workers import spread

KEY, OTHER = "0123456789abcdef", "fedcba9876543210"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Return the empty cache of an empty project."""
    return Cache(tmp_path, "photos")


def entry(cache: Cache, key: str = KEY) -> Path:
    """Return the file of an entry."""
    return cache.project / ".vuonho/cache" / cache.kind / key


def test_what_was_put_is_got(cache: Cache) -> None:
    """Nothing at first, and a look makes no folder; then the same bytes, of which the last count."""
    cache.keep_only(frozenset())
    assert (cache.get(KEY), list(cache.project.iterdir())) == (None, [])
    for content in (b"", b"photo", bytes(100_000)):
        cache.put(KEY, content)
        assert content == Cache(cache.project, "photos").get(KEY)
    assert [path.name for path in entry(cache).parent.iterdir()] == [KEY]
    assert (cache.get(OTHER), Cache(cache.project, "others").get(KEY)) == (None, None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_entry_counts_as_none(cache: Cache, data: st.DataObject) -> None:
    """Cut off anywhere, or one bit turned anywhere."""
    cache.put(KEY, b"a photo of the garden")
    whole = entry(cache).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.booleans())
    spoilt = whole[:at] if cut else whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    entry(cache).write_bytes(spoilt)
    assert cache.get(KEY) is None


def test_only_what_is_used_is_kept(cache: Cache) -> None:
    """Other entries go, and so do working files that a killed run left."""
    cache.put(KEY, b"kept")
    cache.put(OTHER, b"gone")
    (entry(cache).parent / f".{OTHER}.123.new").write_bytes(b"half")
    cache.keep_only(frozenset({KEY}))
    assert [path.name for path in entry(cache).parent.iterdir()] == [KEY]
    assert cache.get(KEY) == b"kept"


def test_a_cache_that_cannot_be_written_is_told_in_words(cache: Cache) -> None:
    """A file lies where the folder should be."""
    (cache.project / ".vuonho").write_bytes(b"")
    with pytest.raises(MachineError):
        cache.put(KEY, b"x")
    assert cache.get(KEY) is None


def put_often(project: Path) -> int:
    """Put one entry many times."""
    cache = Cache(project, "photos")
    for _ in range(25):
        cache.put(KEY, bytes(200_000))
    return 25


def test_several_processes_put_one_entry(cache: Cache) -> None:
    """Two copies of one photo are processed by two processes at the same time."""
    assert list(spread(put_often, [cache.project] * 4, 4)) == [25, 25, 25, 25]
    assert bytes(200_000) == cache.get(KEY)
    assert [path.name for path in entry(cache).parent.iterdir()] == [KEY]
