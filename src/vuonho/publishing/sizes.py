"""What GitHub Pages takes: a site of 1 GB, files of 100 MB (GitHub Docs, "GitHub Pages limits", "About large files")."""

from collections.abc import Mapping
from typing import Final

from vuonho.bilingual import NOTHING, Text
from vuonho.errors import Refused

MOST: Final = 1_000_000_000
NEAR: Final = 800_000_000
LARGEST: Final = 100_000_000


def require_size(sizes: Mapping[str, int]) -> Text:
    """Return a note where the site is nearly too large, else nothing; `sizes` are bytes by path. Raises Refused."""
    path, largest = max(sizes.items(), key=lambda one: one[1], default=("", 0))
    if largest > LARGEST:
        raise Refused(
            Text(f"Tệp site/{path} nặng {megabytes(largest).vi}; kho không nhận tệp trên 100 MB.",
                 f"The file site/{path} has {megabytes(largest).en}; no file may have more than 100 MB."),
            Text("Tìm xem tệp ấy do đâu mà lớn, sửa rồi dựng lại.", "Find out what makes it so large, mend that, build again."),
        )  # fmt: skip
    whole = sum(sizes.values())
    if whole > MOST:
        raise Refused(
            Text(f"Cả trang nặng {megabytes(whole).vi}; GitHub Pages chỉ nhận đến 1 GB.",
                 f"The site has {megabytes(whole).en}; GitHub Pages takes up to 1 GB."),
            Text("Chia ra mỗi xã một dự án và một kho, hoặc bớt ảnh của từng hộ, rồi dựng lại.",
                 "Make a project and a repository for each commune, or show fewer photos of each household, then build again."),
        )  # fmt: skip
    if whole > NEAR:
        return Text(f"Trang đã nặng {megabytes(whole).vi}, gần đến mức 1 GB mà GitHub Pages nhận: nên chia mỗi xã một kho.",
                    f"The site has {megabytes(whole).en}, near the 1 GB that GitHub Pages takes: make a repository for each commune.")  # fmt: skip
    return NOTHING


def megabytes(count: int) -> Text:
    """Return a number of bytes in megabytes, as people of each language write it."""
    number = f"{count / 1_000_000:.1f}"
    return Text(f"{number.replace('.', ',')} MB", f"{number} MB")
