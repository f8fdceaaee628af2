"""The village is built once; each test gets copies of it and a repository of its own."""

import shutil
from pathlib import Path

import pytest

from command_kit import twin
from publish_kit import bare, make_project, publish


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built project; to be looked at, not to be changed."""
    return make_project(tmp_path_factory.mktemp("publish"))


@pytest.fixture
def root(village: Path, tmp_path: Path) -> Path:
    """Return a copy of the built project that a test may spoil."""
    return twin(village, tmp_path / "dự án")


@pytest.fixture
def far(tmp_path: Path) -> Path:
    """Return an empty repository beside the project."""
    return bare(tmp_path / "trang.git")


@pytest.fixture(scope="session")
def sent(village: Path) -> Path:
    """Return a repository to which the village was published."""
    far = bare(village.parent / "trang.git")
    done = publish(village)
    assert done.code == 0, done.said
    return far


@pytest.fixture
def published(sent: Path, tmp_path: Path) -> Path:
    """Return a copy of the published repository beside the project."""
    return shutil.copytree(sent, tmp_path / "trang.git")
