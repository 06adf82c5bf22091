"""The questions that can be asked of a book: each has a name and a version, and is a plain function of the book.

A room registers its own in a module ``answers``, which is found when the workspace starts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from evenhand.book import Book

Answering = Callable[[Book, Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Question:
    """One kind of question.

    Attributes:
        name: how pages ask for it.
        version: raised when the answer's shape or meaning changes; older answers are then worked out again.
        answered: what works it out; the answer is made of what JSON holds, decimals and days.
        negotiations: whether the answer depends on negotiations, too, and not on claims and contracts alone.
    """

    name: str
    version: int
    answered: Answering
    negotiations: bool = True


QUESTIONS: dict[str, Question] = {}


def question(name: str, *, version: int = 1, negotiations: bool = True) -> Callable[[Answering], Answering]:
    """Register a function as the answer to a question.

    Raises:
        ValueError: another function answers to the name already.
    """

    def register(answered: Answering) -> Answering:
        if name in QUESTIONS:
            raise ValueError(f"two functions answer the question '{name}'; name one of them otherwise")
        QUESTIONS[name] = Question(name, version, answered, negotiations)
        return answered

    return register


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was given to it."""

    question: Question
    given: Mapping[str, Any]

    @classmethod
    def of(cls, name: str, given: Mapping[str, Any]) -> Asked:
        """The question of a name.

        Raises:
            LookupError: nothing answers to the name.
        """
        if name not in QUESTIONS:
            raise LookupError(f"there is no question '{name}'; there are {', '.join(sorted(QUESTIONS))}")
        return cls(QUESTIONS[name], given)

    @property
    def key(self) -> str:
        """Names the question, its version and what was given."""
        told = [self.question.name, self.question.version, dict(self.given)]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
