"""What the outputs of a network say of one drawing."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.ui.prediction.guess import guess_of, with_article

NAMES = tuple("0123456789")


def outputs(**shares: float) -> np.ndarray:
    values = np.zeros(10)
    for name, share in shares.items():
        values[int(name[1:])] = share
    return values


def test_a_guess_is_the_most_probable_class() -> None:
    guess = guess_of(outputs(n4=0.839, n9=0.161), NAMES)
    assert guess is not None
    assert (guess.name, guess.certainty, guess.doubt) == ("4", "84 % sure", "could also be a 9")


def test_below_half_it_is_not_sure() -> None:
    guess = guess_of(outputs(n3=0.4, n8=0.35, n5=0.25), NAMES)
    assert guess is not None
    assert (guess.certainty, guess.doubt) == ("not sure", "40 %, could also be an 8 or a 5")


def test_a_faint_second_class_is_not_told() -> None:
    guess = guess_of(outputs(n1=0.98, n7=0.02), NAMES)
    assert guess is not None and guess.doubt == ""


def test_it_is_never_told_to_be_100_percent_sure() -> None:
    guess = guess_of(outputs(n1=0.9999), NAMES)
    assert guess is not None and guess.certainty == "over 99 % sure"


def test_one_output_is_the_probability_of_the_second_class() -> None:
    guess = guess_of(np.array([0.2]), ("even", "odd"))
    assert guess is not None
    assert guess.name == "even"
    np.testing.assert_allclose(guess.shares, [0.8, 0.2])


def test_outputs_that_are_no_probabilities_are_shown_as_numbers() -> None:
    guess = guess_of(np.array([-1.5, 3.25]), ("a", "b"))
    assert guess is not None and guess.scores
    assert [guess.figure(0), guess.certainty] == ["−1.50", "Output 3.25"]


def test_what_is_not_a_number_is_no_guess() -> None:
    assert guess_of(np.array([np.nan, 1.0]), ("a", "b")) is None


def test_outputs_for_other_classes_are_no_guess() -> None:
    assert guess_of(np.ones(3) / 3, ("a", "b")) is None


@pytest.mark.parametrize(
    ("name", "words"), [("4", "a 4"), ("8", "an 8"), ("80", "an 80"), ("18", "an 18"), ("Coat", "Coat")]
)
def test_a_digit_gets_its_article(name: str, words: str) -> None:
    assert with_article(name) == words


def test_one_output_that_is_no_probability_is_read_at_its_boundary() -> None:
    for output, best in ((0.3, 1), (-0.3, 0)):
        guess = guess_of(np.array([output]), ("even", "odd"), 0.0)
        assert guess is not None and guess.best == best and guess.scores
