"""Peers that are not installed are named; the plain ones are tried on two documents."""

import numpy as np
import pytest

from eval.errors import MissingExtra
from eval.peers import PEERS, _needed
from tests.eval.worked_example import TEXTS


class Letters:
    """Unit vectors of how often each letter occurs."""

    fingerprint = "letters"
    width = 26

    def encode_documents(self, texts):
        counts = np.array(
            [[text.lower().count(chr(97 + i)) for i in range(26)] for text in texts], dtype=np.float32
        )
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)

    encode_queries = encode_documents


def test_a_missing_package_is_named_with_the_extra_that_brings_it():
    with pytest.raises(MissingExtra, match=r"no_such_package is not installed: .* extra 'peers'"):
        _needed("no_such_package.store")


@pytest.mark.filterwarnings("ignore:.*langchain-community.* is being sunset:DeprecationWarning")
@pytest.mark.parametrize("name", list(PEERS))
def test_a_peer_finds_a_document_by_its_own_words(name):
    # In a new environment only the plain ones are there; the extra 'peers' brings the others.
    try:
        chunks, search = PEERS[name](TEXTS, Letters())
    except MissingExtra as exc:
        pytest.skip(str(exc))
    rows = search(TEXTS["report.txt"], 2)
    assert chunks[rows[0]].document == "report.txt"
    assert len(rows) <= 2
