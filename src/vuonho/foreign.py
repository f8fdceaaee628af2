"""Text that came from elsewhere, as a message may cite it: what was typed, the name of a file, what git answered.

No login that stands in it is repeated, and nothing in it steers a terminal.
"""

import re
from typing import Final

from vuonho.bilingual import visible

TOKEN: Final = re.compile(r"(?:gh[oprsu]_|github_pat_|glpat-)[A-Za-z0-9_-]{10,}")
"""How the tokens of GitHub and GitLab look (GitHub Docs, "About authentication to GitHub")."""
_LOGIN: Final = re.compile(
    r"""(?<=//)[^\s@'"]{0,300}@"""  # scheme://user:password@
    r"""|(?<![^\s'"(“])(?![A-Za-z]:[\\/])[^\s/\\@:'"]{1,300}:(?!//)[^\s@'"]{0,300}@"""  # user:password@, but no drive
)


def cited(text: str) -> str:
    """Return a text in one line that any terminal can take: a box for each unseen sign, “…” for each login."""
    return visible(TOKEN.sub("…", _LOGIN.sub("…@", text)))
