"""The same question is worked out once in a run: screen, documents and brief ask it one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Answer = TypeVar("Answer")

#: The last questions and their answers, oldest first: a few are enough for those who ask in turn, and hold little.
_answers: dict[tuple[str, str], Any] = {}
_MOST = 4


def answered_once(kind: str, asked: object, work: Callable[[], Answer]) -> Answer:
    """The answer, if the very same question was among the last ones; else a new one.

    Args:
        kind: what kind of question it is.
        asked: all the answer hangs on: digests of book and contracts and what is asked of them. It prints alike where
            it is alike.
        work: works the answer out.
    """
    key = (kind, repr(asked))
    answer: Answer = _answers.pop(key) if key in _answers else work()
    _answers[key] = answer
    while len(_answers) > _MOST:
        del _answers[next(iter(_answers))]
    return answer
