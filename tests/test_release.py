"""What a release hands on besides the program: pinned libraries and the list of their licences."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from command_kit import ROOT

LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
ENTRIES = re.split(r"^(?=[a-z0-9-]+==)", LOCK, flags=re.MULTILINE)[1:]
PINS = dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", LOCK, re.MULTILINE))
RELOCK = "see CONTRIBUTING.md, A release, step 3"


def test_the_lock_is_that_of_pyproject() -> None:
    """Every library that is asked for stands there in a version that is allowed, and none that is no longer needed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {canonicalize_name(one.name): one for one in map(Requirement, project["dependencies"])}
    direct = {entry.partition("==")[0] for entry in ENTRIES if "vuonho (pyproject.toml)" in entry}
    assert direct == set(asked), RELOCK
    assert [name for name in asked if not asked[name].specifier.contains(PINS[name])] == [], RELOCK


def test_the_lock_holds_hashes_and_no_address() -> None:
    """Each version with those of its files, whatever index it is fetched from."""
    assert len(ENTRIES) == len(PINS) > 10
    assert [entry for entry in ENTRIES if "--hash=sha256:" not in entry] == []
    assert "://" not in LOCK


def test_licences_are_listed_for_each_locked_version() -> None:
    """THIRD-PARTY.md names what the lock names; .ci/run asks the installed libraries for their licences."""
    listed = re.findall(
        r"^\| (\S+) \| (\d\S*) \| \S.* \|$",
        (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert {canonicalize_name(name): version for name, version in listed} == PINS, RELOCK
