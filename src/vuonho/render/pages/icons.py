"""The drawings of one page: each stands in it once, however often it is used."""

from vuonho.render.pages.templates import Templates, icon_use, joined


class Icons:
    """Hands out uses of drawings and remembers which, for the sheet at the page's end."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._used: dict[str, None] = {}

    def use(self, name: str) -> str:
        """Return an <svg> that shows the drawing; it says nothing to screen readers."""
        self._used[name] = None
        return icon_use(name)

    def symbols(self) -> str:
        """Return the <symbol> of each drawing used so far."""
        return joined(self._templates.symbol(name) for name in self._used)

    @property
    def names(self) -> tuple[str, ...]:
        """The files of the drawings used so far."""
        return tuple(f"icons/{name}.svg" for name in self._used)
