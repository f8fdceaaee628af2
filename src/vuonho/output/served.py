"""Which file of a site answers an address, by the rules of GitHub Pages: letter case counts on every disk."""

from collections.abc import Container


def file_for(place: str, files: Container[str]) -> str | None:
    """Return the file that answers for a place below the site ("", "en/", "qr/482135.png"), None if none does.

    A folder answers with its index.html where the place ends in "/", a page also without its ".html". The name
    is looked up among `files` as it stands, never resolved.
    """
    tries = (f"{place}index.html",) if place.endswith("/") or not place else (place, f"{place}.html")
    return next((file for file in tries if file in files), None)
