"""Words that stand for each other."""

import pytest

from index.words import analyse
from qa.errors import BadGlossary
from qa.glossary import Glossary, bundled_glossary, read_glossary

GLOSSARY = read_glossary(
    """
    [abbreviations]
    MASH = ["multi-agency safeguarding hub"]

    [[same]]
    words = ["brothers and sisters", "siblings"]
    """
)


def others(text: str, glossary: Glossary = GLOSSARY) -> list[str]:
    return [alternative.other.words for alternative in glossary.alternatives(analyse(text))]


def test_an_abbreviation_is_searched_in_full_and_the_full_form_by_its_abbreviation() -> None:
    assert others("Was the MASH suitable?") == ["multi-agency safeguarding hub"]
    assert others("Was the Multi-Agency Safeguarding Hub suitable?") == ["MASH"]


def test_endings_do_not_matter() -> None:
    assert others("a sibling") == ["brothers and sisters"]
    assert others("each brother and sister") == ["siblings"]


def test_a_phrase_counts_only_as_a_whole() -> None:
    assert others("the safeguarding hub") == []


def test_what_the_question_says_itself_is_no_alternative() -> None:
    assert others("the MASH (multi-agency safeguarding hub)") == []


def test_abbreviations_that_documents_define_are_added_and_known_ones_are_not_doubled() -> None:
    defined = [("OSMB", "Overview and Scrutiny Management Board"), ("MASH", "multi-agency safeguarding hub")]
    glossary = GLOSSARY.with_abbreviations(defined)
    assert others("the OSMB", glossary) == ["Overview and Scrutiny Management Board"]
    assert others("the MASH", glossary) == ["multi-agency safeguarding hub"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[abbreviations", "is not valid TOML"),
        ("[synonyms]", "found synonyms"),
        ("[abbreviations]\nMASH = 3", "MASH should be a list of words or phrases, found 3"),
        ('[[same]]\nwords = ["..."]', "words should be a list"),
        ("[[same]]\nword = []", "words should be a list of words or phrases, found None"),
    ],
)
def test_a_glossary_that_cannot_be_used_is_refused_with_the_reason(text: str, sentence: str) -> None:
    with pytest.raises(BadGlossary, match=r"glossary\.toml") as refused:
        read_glossary(text)
    assert sentence in str(refused.value)


def test_the_glossary_that_ships_can_be_read_and_knows_the_trades_words() -> None:
    assert "director of children's services" in others("Who was the DCS?", bundled_glossary())
    assert "children in care" in others("reviews of looked after children", bundled_glossary())
