"""Any cross-encoder of sentence-transformers in the reader's place: here a tiny one, made on the spot."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Passage
from index.errors import ModelUnavailable
from index.store import SearchIndex
from qa.assistant import Assistant
from qa.cross_encoder import cross_encoder
from tests.fakes import HashedWords

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] lamps parks lake warden poor good the was in".split()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network of one layer with eight dimensions and weights that nobody trained."""
    torch = pytest.importorskip("torch")
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    torch.manual_seed(1)
    sizes = {
        "hidden_size": 8,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 16,
        "initializer_range": 1.0,
    }
    config = BertConfig(vocab_size=len(WORDS), num_labels=1, **sizes)
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(vocab={word: number for number, word in enumerate(WORDS)}).save_pretrained(folder)
    return folder


def passage(text: str) -> Passage:
    return Passage("p", "a", 0, len(text), text, "", (), None, None, ())


def test_each_passage_gets_a_score_between_0_and_1_and_no_place(tiny: Path) -> None:
    reads = cross_encoder(str(tiny)).read("was the lake good", [passage("the lake"), passage("poor lamps")])
    assert len(reads) == 2
    assert all(0 <= read.answers <= 1 and read.nowhere is None and read.best is None for read in reads)
    assert reads[0].answers != reads[1].answers


def test_no_passages_give_no_scores(tiny: Path) -> None:
    assert cross_encoder(str(tiny)).read("was the lake good", []) == []


def test_an_assistant_answers_with_it(tiny: Path, index: SearchIndex) -> None:
    assistant = Assistant(index, HashedWords(), threshold=0.0, reader=cross_encoder(str(tiny)))
    assert assistant.ask("Was the lighting in the parks poor in 2018?").citations


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="no model folder"):
        cross_encoder(str(tmp_path / "nowhere"))
