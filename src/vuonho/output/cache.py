"""What is dear to make and does not change: bytes kept by key in `.vuonho/cache/`.

Every entry carries its own checksum, so that a file spoilt by a power cut counts as none.
"""

import os
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from vuonho.output.files import digest_bytes, read_regular, remove, replace, write_file
from vuonho.output.lock import STATE
from vuonho.output.troubles import in_words

_DIGEST = 64


@dataclass(frozen=True, slots=True)
class Cache:
    """One kind of entry, such as "photos"; keys are hex digits."""

    project: Path
    kind: str

    @property
    def _folder(self) -> Path:
        return self.project / STATE / "cache" / self.kind

    def get(self, key: str) -> bytes | None:
        """Return the content of an entry, or None where there is none or it is damaged."""
        try:
            stored = read_regular(self._folder / key)
        except OSError:
            return None
        content = stored[_DIGEST:]
        return content if stored[:_DIGEST] == digest_bytes(content).encode("ascii") else None

    def has(self, key: str) -> bool:
        """Tell whether a sound entry is there."""
        return self.get(key) is not None

    def put(self, key: str, content: bytes) -> None:
        """Keep an entry; several processes may keep the same one at once. Raises MachineTrouble."""
        with in_words(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            waits = self._folder / f"{key}.{os.getpid()}"
            write_file(waits, digest_bytes(content).encode("ascii") + content)
            replace(waits, self._folder / key)

    def keep_only(self, keys: Container[str]) -> None:
        """Remove every entry of another key: a photo taken away leaves no copy behind."""
        with in_words(self._folder):
            for path in self._folder.iterdir() if self._folder.is_dir() else ():
                if path.name not in keys:
                    remove(path)
