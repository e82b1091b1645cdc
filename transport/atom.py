"""Writes a feed as Atom (RFC 4287). Knows nothing of what the feed is about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, not even escaped."""


@dataclass(frozen=True)
class Entry:
    """`id` never changes; `html` is safe to show. `spoken` is the language of the title, `html_spoken` that of `html`;
    `categories` are codes with their names."""

    id: str
    title: str
    spoken: str
    link: str
    author: str
    published: datetime
    updated: datetime
    categories: Mapping[str, str]
    summary: str
    html: str
    html_spoken: str


@dataclass(frozen=True)
class Feed:
    """`address` is where it is, and its id; `others` are where it is in other languages."""

    address: str
    title: str
    spoken: str
    others: Mapping[str, str]
    author: str
    home: str
    updated: datetime
    entries: Sequence[Entry]


def written(feed: Feed) -> bytes:
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.spoken})
    _text(root, "id", feed.address)
    _text(root, "title", feed.title)
    _text(root, "updated", _instant(feed.updated))
    _link(root, "self", feed.address, MEDIA_TYPE, feed.spoken)
    for spoken, address in feed.others.items():
        _link(root, "alternate", address, MEDIA_TYPE, spoken)
    author = SubElement(root, "author")
    _text(author, "name", feed.author)
    _text(author, "uri", feed.home)
    for entry in feed.entries:
        _entry(root, entry)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    _text(element, "id", entry.id)
    _text(element, "title", entry.title).set("xml:lang", entry.spoken)
    _text(element, "published", _instant(entry.published))
    _text(element, "updated", _instant(entry.updated))
    _link(element, "alternate", entry.link, "text/html")
    _text(SubElement(element, "author"), "name", entry.author)
    for code, label in entry.categories.items():
        SubElement(element, "category", term=_fit(code), label=_fit(label))
    _text(element, "summary", entry.summary)
    content = _text(element, "content", entry.html)
    content.set("type", "html")
    content.set("xml:lang", entry.html_spoken)


def _text(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = _fit(text)
    return element


def _link(parent: Element, relation: str, address: str, media_type: str, spoken: str | None = None) -> None:
    language = {"hreflang": spoken} if spoken else {}
    SubElement(parent, "link", {"rel": relation, "type": media_type, "href": address, **language})


def _fit(text: str) -> str:
    return UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
