"""The stage: what is shown now, for all who look, and for those who wait for something else."""

import threading

from vuonho.output.preview.shown import Shown


class Stage:
    """What is shown, changed by one thread and looked at by many."""

    def __init__(self, shown: Shown) -> None:
        self._shown, self._is_over = shown, False
        self._changed = threading.Condition()

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        return self._shown

    def show(self, shown: Shown) -> None:
        """Show something else, and tell those who wait."""
        with self._changed:
            self._shown = shown
            self._changed.notify_all()

    def whole(self, patience: float) -> Shown:
        """Return what is shown now; a site that somebody took away is given so many seconds to be built anew."""
        if self._shown.is_gone:
            with self._changed:
                self._changed.wait_for(lambda: self._is_over or not self._shown.is_gone, patience)
        return self._shown

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def other_than(self, version: str, patience: float) -> str:
        """Return the version that is shown, at once if it is another, else after so many seconds at most."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or self._shown.version != version, patience)
            return self._shown.version
