"""Vietnamese telephone numbers: shown in groups, dialled with +84."""

import re
from dataclasses import dataclass

from vuonho.bilingual import Text
from vuonho.domain.values.figures import quoted, refuse_length
from vuonho.errors import Refused

_FILLERS = re.compile(r"[\s.()\-–—\u00a0\u202f]+")
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{8,9}")
# The mobile numbers of eleven digits became ones of ten in autumn 2018, prefix by prefix.
_OLD_PREFIXES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as dialled within Vietnam, digits only: "0337012345"."""

    digits: str

    @property
    def grouped(self) -> str:
        """The number as it is read out: 0337 012 345; 0239 3855 123; 024 3825 1234."""
        if self.digits.startswith(("024", "028")):
            cuts = (3, 7)
        else:
            cuts = (4, 8) if len(self.digits) == 11 else (4, 7)
        return f"{self.digits[: cuts[0]]} {self.digits[cuts[0] : cuts[1]]} {self.digits[cuts[1] :]}"

    @property
    def tel(self) -> str:
        """The link that dials it, from abroad too."""
        return f"tel:+84{self.digits[1:]}"

    @property
    def zalo(self) -> str:
        """The link that opens it in Zalo."""
        return f"https://zalo.me/{self.digits}"


def parse_phone(text: str) -> Phone:
    """Return the phone in a text: 10 digits from 03, 05, 07, 08, 09, or a landline from 02 (10 or 11).

    Spaces, dots, dashes, brackets and +84, 84 or 0084 in place of the first 0 are understood. Raises Refused
    for anything else; a number that lost its first 0 in a spreadsheet is suggested, not mended.
    """
    refuse_length(text)
    digits = _national(_FILLERS.sub("", text.replace("(0)", "") if "84" in text else text))
    if _is_number(digits):
        return Phone(digits)
    guess = _guess(digits)
    raise Refused(
        Text(
            f"{quoted(text)} không phải là số điện thoại đúng.",
            f"{quoted(text)} is not a valid phone number.",
        ),
        Text(f"Có phải là {guess}? Nếu đúng thì viết như vậy.", f"Is {guess} meant? Then write that.")
        if guess
        else Text(
            "Số di động có 10 chữ số, như: 0337 012 345. Chỉ viết một số.",
            "A mobile number has 10 digits, like 0337 012 345. Write one number only.",
        ),
    )


def _is_number(digits: str) -> bool:
    return bool(_MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits))


def _national(digits: str) -> str:
    """Return the digits with 0 in place of the country's 84, where what follows makes a whole number."""
    for prefix in ("+84", "0084", "84"):
        rest = digits.removeprefix(prefix)
        if rest != digits:
            rest = rest if rest.startswith("0") and prefix != "84" else f"0{rest}"
            return rest if _is_number(rest) else digits
    return digits


def _guess(digits: str) -> str:
    """Return the number that was probably meant, grouped, or "": 0 lost, an old prefix, O for 0."""
    plain = digits.translate(str.maketrans("OoIl", "0011"))
    old = _OLD_PREFIXES.get(plain[:4], "") if len(plain) == 11 else ""
    for candidate in (plain, f"0{plain}", old + plain[4:]):
        if _is_number(candidate):
            return Phone(candidate).grouped
    return ""
