"""The real browser of this machine, and how it is to be started."""

import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def executable() -> str | None:
    """Return where the browser is, or None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)
