"""The frameworks that grades are given in; the same word means another thing in another framework."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Framework:
    """A scheme of grades. `named` are the words by which a text names it; years are those it was used in."""

    name: str
    by: str
    first_year: int
    last_year: int | None  # None while it is in use
    named: tuple[str, ...]
    grades: tuple[str, ...]  # best first
    explained: str


FRAMEWORKS = (
    Framework(
        name="single inspection framework (SIF)",
        by="Ofsted",
        first_year=2013,
        last_year=2017,
        named=("single inspection framework", "SIF"),
        grades=("outstanding", "good", "requires improvement", "inadequate"),
        explained=(
            "Ofsted's inspections from 2013 to 2017 of services for children in need of help and "
            "protection, children looked after and care leavers. Its “requires improvement” stands where "
            "“adequate” stood before."
        ),
    ),
    Framework(
        name="inspection of local authority children's services (ILACS)",
        by="Ofsted",
        first_year=2018,
        last_year=None,
        named=(
            "inspection of local authority children's services",
            "inspections of local authority children's services",
            "ILACS",
        ),
        grades=(
            "outstanding",
            "good",
            "requires improvement to be good",
            "requires improvement",
            "inadequate",
        ),
        explained=(
            "Ofsted's inspections since 2018. Focused visits and monitoring visits under it give no grade."
        ),
    ),
    Framework(
        name="annual performance assessment",
        by="Ofsted",
        first_year=2005,
        last_year=2008,
        named=("annual performance assessment",),
        grades=("outstanding", "excellent", "good", "adequate", "inadequate"),
        explained="A yearly rating of a council's services for children.",
    ),
    Framework(
        name="annual children's services rating",
        by="Ofsted",
        first_year=2009,
        last_year=2011,
        named=(
            "annual children's services assessment",
            "annual children's services rating",
            "annual rating of children's services",
        ),
        grades=("excellent", "good", "adequate", "poor"),
        explained="A yearly rating: performs excellently, well, adequately or poorly.",
    ),
    Framework(
        name="inspection of safeguarding and looked after children services",
        by="Ofsted",
        first_year=2009,
        last_year=2012,
        named=(
            "inspection of safeguarding and looked after children services",
            "safeguarding and looked after children inspection",
        ),
        grades=("outstanding", "good", "adequate", "inadequate"),
        explained="Ofsted's inspections before the single inspection framework.",
    ),
    Framework(
        name="comprehensive performance assessment",
        by="Audit Commission",
        first_year=2002,
        last_year=2008,
        named=("comprehensive performance assessment",),
        grades=("excellent", "good", "fair", "weak", "poor"),
        explained="A rating of a whole council.",
    ),
    Framework(
        name="Best Value inspection",
        by="an inspector appointed by the Secretary of State",
        first_year=1999,
        last_year=None,
        named=("Best Value inspection", "section 10 of the Local Government Act 1999"),
        grades=("fit for purpose", "not fit for purpose"),
        explained="An inspection of how a council meets its duty of best value; it has no scale of grades.",
    ),
)


_NAMED = tuple(
    (framework, re.compile(rf"\b{re.escape(name)}\b", re.NOFLAG if name.isupper() else re.IGNORECASE))
    for framework in FRAMEWORKS
    for name in framework.named
)


def frameworks_named_in(words: str) -> tuple[Framework, ...]:
    """The frameworks that a text names; abbreviations count in capitals only."""
    flat = " ".join(words.replace("’", "'").split())
    return tuple(dict.fromkeys(framework for framework, name in _NAMED if name.search(flat)))
