"""Whose row it is: rows of crops, animals, products and photos find their household by code, else by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from vuonho.bilingual import Text
from vuonho.domain.fold import fold, key
from vuonho.domain.values import quoted
from vuonho.intake.workbook.plan import MAIN


@dataclass(frozen=True, slots=True)
class Owner:
    """A household as rows may call it: `names` are the one that stands there now and the one that was exported."""

    code: str
    names: tuple[str, ...]


class Unowned(Exception):
    """Nobody, or nobody for certain, is meant; carries (what is wrong, what to do)."""

    def __init__(self, message: Text, hint: Text) -> None:
        super().__init__(message.en)
        self.message, self.hint = message, hint


class Owners:
    """The households of a table, to be asked whose a row is; their names are evened out once."""

    def __init__(self, owners: Sequence[Owner]) -> None:
        self._owners = owners
        self._by_code: dict[str, int] = {}
        self._by_name: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
        for place, owner in enumerate(owners):
            self._by_code.setdefault(owner.code, place)
            for known, evened in zip(self._by_name, _WAYS, strict=True):
                for name in {evened(name) for name in owner.names if name}:
                    known.setdefault(name, []).append(place)

    def find(self, code: str, name: str) -> int:
        """Return the position of the household that a row names; raise Unowned where that is not one for certain."""
        if not code and not name:
            raise Unowned(*_NOBODY)
        return self._of_code(code, name) if code else self._of_name(name)

    def _of_code(self, code: str, name: str) -> int:
        found = self._by_code.get(code)
        if found is None:
            raise Unowned(*_absent(Text(f"mã {code}", f"the code {code}")))
        names = self._owners[found].names
        if name and any(names) and all(fold(name) != fold(other) for other in names):
            raise Unowned(*_contradiction(code, name, names[0]))
        return found

    def _of_name(self, name: str) -> int:
        for known, evened in zip(self._by_name, _WAYS, strict=True):
            found = known.get(evened(name), [])
            if len(found) == 1:
                return found[0]
            if found:
                raise Unowned(*_several(name))
        raise Unowned(*_absent(Text(f"vườn {quoted(name)}", f"a garden {quoted(name)}")))


_WAYS = (key, fold)
"""With accents first: of Hoa and Hoà, Hoà is meant where Hoà is written."""
_NOBODY = (
    Text("Dòng này chưa ghi là của hộ nào.", "This row does not say whose it is."),
    Text("Ghi mã hoặc tên vườn ở đầu dòng, hoặc xóa dòng.", "Write the code or the name first in the row, or delete it."),
)  # fmt: skip


def _absent(what: Text) -> tuple[Text, Text]:
    return (
        Text(f"Trang “{MAIN.vi}” không có {what.vi}.", f"There is no {what.en} in sheet “{MAIN.vi}”."),
        Text(f"Sửa mã hoặc tên, hoặc thêm hộ ấy vào trang “{MAIN.vi}”.",
             f"Mend the code or the name, or add that household to sheet “{MAIN.vi}”."),
    )  # fmt: skip


def _several(name: str) -> tuple[Text, Text]:
    return (
        Text(
            f"Có hai hộ trở lên cùng tên {quoted(name)}.",
            f"More than one household is called {quoted(name)}.",
        ),
        Text("Ghi thêm mã ở đầu dòng.", "Write the code first in the row."),
    )


def _contradiction(code: str, name: str, other: str) -> tuple[Text, Text]:
    return (
        Text(f"Mã {code} là của {quoted(other)}, mà dòng này ghi {quoted(name)}.",
             f"The code {code} belongs to {quoted(other)}, and this row says {quoted(name)}."),
        Text("Sửa mã hoặc tên. Nếu vừa sắp xếp một cột thôi thì hoàn tác, rồi sắp xếp cả bảng.",
             "Mend the code or the name. If one column alone was sorted, undo that and sort the whole table."),
    )  # fmt: skip


def said_mixed_up(code: str, own: str, name: str, other: str) -> tuple[Text, Text]:
    """Return what to say of a household's code beside the name of the household that has the code `other`."""
    return (
        Text(f"Mã {code} là của {quoted(own)}, mà dòng này ghi {quoted(name)}, vườn của mã {other}.",
             f"The code {code} belongs to {quoted(own)}, and this row says {quoted(name)}, which has the code {other}."),
        Text("Nếu vừa sắp xếp một cột thôi thì hoàn tác, rồi sắp xếp cả bảng; không thì sửa mã hoặc tên.",
             "If one column alone was sorted, undo that and sort the whole table; otherwise mend the code or the name."),
    )  # fmt: skip
