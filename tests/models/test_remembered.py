"""A bounded memory answers as the function does, and stays bounded."""

from models.remembered import Remembered


def test_an_answer_is_computed_once_while_it_is_asked_for() -> None:
    asked: list[str] = []
    memory = Remembered(lambda question: asked.append(question) or question.upper(), size=2)  # type: ignore[func-returns-value]
    assert [memory[question] for question in ("a", "b", "a", "c", "a", "b", "a")] == ["A", "B", "A", "C", "A", "B", "A"]
    assert asked == ["a", "b", "c"]


def test_it_forgets_rather_than_grows() -> None:
    memory = Remembered(len, size=10)
    assert all(memory["x" * (number % 70)] == number % 70 for number in range(1_000))
    assert len(memory) <= 10


def test_a_long_question_is_answered_and_not_kept() -> None:
    memory = Remembered(len, longest=3)
    assert memory["four"] == 4
    assert memory == {}
