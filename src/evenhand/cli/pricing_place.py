"""Where `evenhand price` prices: in this process, or on Spark."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evenhand.errors import UsageError

if TYPE_CHECKING:
    from evenhand.book import Book
    from evenhand.contracts import Contract
    from evenhand.engines.spark import Spark
    from evenhand.pricing import Pricing


@dataclass(frozen=True, slots=True)
class PricingPlace:
    """What ``--engine``, ``--master``, ``--claims`` and ``--into`` said."""

    engine: str
    master: str | None
    claims: str | None
    into: str | None

    @classmethod
    def of(cls, options: MutableMapping[str, Any]) -> PricingPlace:
        """Take the four options out of a command's.

        Raises:
            UsageError: they do not go together.
        """
        at = cls(*(options.pop(name) for name in ("engine_name", "master", "place", "into")))
        given = [f"--{name}" for name in ("master", "claims", "into") if getattr(at, name) is not None]
        if given and at.engine != "spark":
            raise UsageError(f"{given[0]} goes with --engine spark")
        if (at.claims is None) != (at.into is None):
            raise UsageError("--claims and --into go together: where stored claims are, and where their prices go")
        return at

    def price_book(self, book: Book, contracts: Sequence[Contract] | None) -> Pricing:
        """A book priced where the options say."""
        from evenhand.pricing import price_book
        from evenhand.pricing.elsewhere import price_book_on

        if self.engine == "duckdb":
            return price_book(book, contracts)
        with self._spark() as engine:
            return price_book_on(engine, book, contracts)

    @contextmanager
    def stored(self, contracts: Sequence[Contract] | None) -> Iterator[Spark]:
        """Stored claims priced and written; the engine then answers questions about them.

        Raises:
            UsageError: no contract was named.
        """
        from evenhand.pricing.elsewhere import price_stored
        from evenhand.pricing.summary import ask_for_all

        if not contracts:
            raise UsageError("--claims needs the contracts to price under; name them with --contract FOLDER")
        assert self.claims is not None
        assert self.into is not None
        with self._spark() as engine:
            price_stored(engine, self.claims, contracts, self.into)
            ask_for_all(engine)
            yield engine

    @contextmanager
    def _spark(self) -> Iterator[Spark]:
        from evenhand.engines.spark import Spark

        engine = Spark.at(self.master or "local[*]")
        try:
            yield engine
        finally:
            engine.close()
