"""How a grade stands, whatever its framework: for the shape and the colour in which it is drawn."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """Four groups of grades. A group says nothing of how frameworks compare."""

    HIGH = "good or better"
    MIDDLE = "adequate, fair or requires improvement"
    LOW = "inadequate, poor or weak"
    OTHER = "another measure"


_HIGH = frozenset({"outstanding", "excellent", "good", "strong", "satisfactory", "three star", "four star"})
_MIDDLE = frozenset(
    {"adequate", "fair", "requires improvement", "requires improvement to be good", "requiring improvement"}
)
_LOW = frozenset({"inadequate", "poor", "weak", "not fit for purpose"})


def standing_of(grade: str) -> Standing:
    """The group of a grade in small letters; notices, rankings and measures are in a group of their own."""
    words = grade.replace("-", " ").removesuffix("s")
    for standing, grades in ((Standing.HIGH, _HIGH), (Standing.MIDDLE, _MIDDLE), (Standing.LOW, _LOW)):
        if grade in grades or words in grades:
            return standing
    return Standing.OTHER
