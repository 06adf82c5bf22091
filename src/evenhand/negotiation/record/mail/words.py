"""Words as a file of ours can hold them, and the words of a page."""

from __future__ import annotations

from html.parser import HTMLParser

_UNSHOWN = ("script", "style", "head", "title")
_BREAKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "blockquote")


class _Words(HTMLParser):
    """The words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """A part begins."""
        self.hidden += tag in _UNSHOWN
        if tag in _BREAKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A part ends."""
        self.hidden = max(0, self.hidden - (tag in _UNSHOWN))

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self.hidden:
            self.said.append(" ".join(data.split()))


def words_of(page: str) -> str:
    r"""The words of an HTML page, a line for each of its paragraphs.

    >>> words_of("<style>p {}</style><p>Two percent<p>is <b>too little</b>")
    'Two percent\nis too little'
    """
    reader = _Words()
    reader.feed(page)
    lines = (" ".join(line.split()) for line in " ".join(reader.said).splitlines())
    return "\n".join(line for line in lines if line)


def plain(text: str) -> str:
    """Without what a file cannot hold."""
    kept = "".join(one if one.isprintable() or one in "\n\t" else " " for one in text.replace("\r\n", "\n"))
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip()
