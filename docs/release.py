"""Write the file by which people install a built wheel: `python docs/release.py dist/vuonho-1.0.0-py3-none-any.whl`.

It lies beside the wheel and names it, and every library of requirements.txt, by version and hash. pip then installs what
was tested and nothing else, and a file that was damaged or exchanged on its way is refused.
"""

import hashlib
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements.txt"
HEAD = """\
# -*- coding: utf-8 -*-
# Cài vuonho {version} cùng đúng các thư viện đã thử với nó. Để tệp này cạnh tệp .whl, mở cửa sổ lệnh ở đó, gõ:
#   py -m pip install -r cai-vuonho-{version}.txt
# Installs vuonho {version} with exactly the libraries that it was tested with. Keep it beside the .whl file.
--only-binary :all:
./{wheel} --hash=sha256:{digest}
"""


def main() -> None:
    """Write `cai-vuonho-VERSION.txt`."""
    wheel = Path(sys.argv[1])
    version = wheel.name.split("-")[1]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    head = HEAD.format(version=version, wheel=wheel.name, digest=digest)
    target = wheel.with_name(f"cai-vuonho-{version}.txt")
    target.write_text(head + LOCK.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    print(target)


if __name__ == "__main__":
    main()
