"""Late interaction, worked by hand."""

import numpy as np

from qa.match import Matcher, PassageMatch

# Two pieces of a question against three tokens: one of the title, two of the text.
COSINES = np.array([[0.9, 0.2, 0.4], [0.1, 0.7, 0.3]], dtype=np.float32)
MATCH = PassageMatch(COSINES, np.array([-1, 10, 20], np.int32), np.array([-1, 15, 25], np.int32))


def close(found: np.ndarray, expected: list[float]) -> bool:
    return np.allclose(found, expected)


def test_each_piece_takes_its_best_token() -> None:
    assert close(MATCH.anywhere(), [0.9, 0.7])


def test_a_span_counts_only_tokens_that_lie_wholly_in_it() -> None:
    assert close(MATCH.within(10, 25), [0.4, 0.7])
    assert close(MATCH.within(16, 25), [0.4, 0.3])
    assert close(MATCH.within(11, 25), [0.4, 0.3])


def test_nothing_matches_in_an_empty_span() -> None:
    assert close(MATCH.within(30, 40), [0.0, 0.0])


def test_the_pieces_count_by_their_weights() -> None:
    weights = np.array([0.25, 0.75], np.float32)
    matcher = Matcher(np.eye(2, dtype=np.float32), weights, np.array([True, True]))
    assert np.isclose(matcher.weighted(MATCH.anywhere()), 0.25 * 0.9 + 0.75 * 0.7)
