"""What a line of a saved page looks like: a sentence, a bare line, a note on who wrote the page and when, a control.

Told by length, by how the line ends and by how much of it speaks of the page itself (its comments, cookies, posts)
rather than of its subject.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['’\-/][^\W_]+)*")
_PAGE_WORD = re.compile(
    r"\b(?:cookies?|privacy|newsletters?|(?:un)?subscri(?:be|bes|bed|bers?)|comments?|repl(?:y|ies)|copyright|rights reserved"
    r"|log(?:ged)? ?in|sign(?:ed)? (?:in|up)|inbox|browser|sitemap|advertis(?:e|ements?)|posts?|posted|articles?|tags?|tagged"
    r"|share|page|spam|published|fields|loading|terms of (?:use|service)|follow us)\b|[©»«]",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b|\b\d{{1,2}} {_MONTH},? (?:19|20)\d\d\b"
    rf"|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)\d\d\b|\b{_MONTH} (?:19|20)\d\d\Z",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:[A-Z]\w+ ){0,2}[Bb]y:? (?:[A-Z][\w.'’-]* ?){1,5}\Z")
_AUTHOR = re.compile(r"\b(?:[Bb]y|[Aa]uthor):?\s+([A-Z]\w+)\s+[A-Z]")
_AGO = re.compile(
    r"\b\d{1,3} (?:minutes?|hours?|days?|weeks?|months?|years?) ago\Z|\b\d{1,3}[ -]min(?:ute)?s?\b.*\bread\b|\bread(?:ing)?\b.*\b\d{1,3}[ -]min",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^:.!?]{1,60}:\s+\S")
_PIECE = r"(?:posts?|articles?|guides?|pages?|story|stories|reading|links?)"
_LEADS_ON = re.compile(
    rf"(?:(?:\w+ ){{0,3}}(?:read|see|view|learn|watch) (?:more|also|next|this)(?: \w+){{0,2}}|(?:\w+ ){{0,3}}also (?:\w+ ){{0,3}}\w+"
    rf"|(?:related|similar|recommended|suggested|further|next|previous|older|newer) {_PIECE}|(?:related|recommended|don['’]t miss))"
    r"\s*:\s*(?P<title>\S.*)",
    re.IGNORECASE,
)
_TITLE_OPENS = re.compile(
    r"(?:how|what|why|when|where|who|which|is|are|can|do|does|should|the|top|best|\d+)\b", re.IGNORECASE
)
_AMOUNT = re.compile(r"[$£€]\s?\d|\d\s?%|\d,\d{3}\b")
_SAYS = re.compile(
    r"\w\s+(?:is|are|was|were|has|have|had|must|may|can|cannot|should|will|do|does)(?:\s|n['’]t\s)", re.IGNORECASE
)
_CALLS = re.compile(
    r"(?:>+|»|→|►|\W*)\s*(?:sign up|log in|get|download|enrol|enroll|subscribe|join|start|buy|try|book|browse|compare|find|take|"
    r"register|apply|discover|explore|request|contact|call|view|watch|shop|elevate|click|tap)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*(?:\s+(?=[A-Z\"“])|\s*\Z)")
_TRAIL = re.compile(r"\s(?:>+|»|›|→|/|\|)\s")
LONGEST_BARE = 110
"""Characters."""


def words(said: str) -> list[str]:
    """The words of a line."""
    return _WORD.findall(said)


def is_bare(said: str) -> bool:
    """Whether a line says something short without a sentence's end, as a title, a label or a button does."""
    if not said or len(said) > LONGEST_BARE or said[-1] in ".:;,…":
        return False
    return len(words(said)) <= 16 and len(_SENTENCE_END.findall(said)) <= 1


def is_sentence(said: str) -> bool:
    """Whether a line says something whole: it ends as a sentence does and has four words at least."""
    return _SENTENCE_END.search(said) is not None and not said.endswith("?") and len(words(said)) >= 4


def is_labelled(said: str) -> bool:
    """Whether a line is "label: value"."""
    return _LABEL.match(said) is not None


def is_about_the_page(said: str) -> bool:
    """Whether a line speaks of the page: a short one with one of its words, a sentence that is full of them."""
    found = {word.lower() for word in _PAGE_WORD.findall(said)}
    length = len(words(said))
    if found & {"©", "copyright"}:
        return length <= 30
    if said.endswith("*") and length <= 30:
        return True
    return len(found) >= 2 and 10 * len(found) >= length


def is_short_about_the_page(said: str) -> bool:
    """Whether a line of a few words holds one of those that speak of a page."""
    return len(words(said)) <= 6 and _PAGE_WORD.search(said) is not None


def is_note(said: str) -> bool:
    """Whether a short line says who wrote the page, when, or how long it takes to read."""
    if len(said) > 160 or len(words(said)) > 16:
        return False
    dated = _DATE.search(said)
    if dated and len(words(said)) - len(words(dated[0])) <= 8 and not is_sentence(said):
        return True
    return _BYLINE.match(said) is not None or _AGO.search(said) is not None


def author_in(said: str) -> str:
    """The first name of who wrote the page, as a note on it says; an empty text where it does not."""
    found = _AUTHOR.search(said)
    return found[1] if found else ""


def is_page_label(said: str) -> bool:
    """Whether a line of one or two words says nothing but what a part of the page is called."""
    return 0 < len(words(said)) <= 2 and not _PAGE_WORD.sub("", said).strip(" .:!…")


def is_figured(said: str) -> bool:
    """Whether a line holds a figure, and is no note on the page."""
    return any(map(str.isdigit, said)) and not is_note(said)


def is_trail(said: str) -> bool:
    """Whether a line is a row of short names with signs between them: "Home > Careers > Baker"."""
    parts = [part.strip() for part in _TRAIL.split(said)]
    return (
        len(parts) >= 3
        and said[0].isalpha()
        and all(0 < len(words(part)) <= 4 and part[-1] not in ".!?" for part in parts)
    )


def has_amount(said: str) -> bool:
    """Whether a line holds a sum of money, a share, or a number of thousands."""
    return _AMOUNT.search(said) is not None


def states(said: str) -> bool:
    """Whether a line tells something itself, in whole words or by an amount, where a title would only name it."""
    if _TITLE_OPENS.match(said) or _is_capitalised(said) or calls(said):
        return False
    return has_amount(said) or (len(words(said)) >= 5 and _SAYS.search(said) is not None)


def _is_capitalised(said: str) -> bool:
    """Whether most of the longer words of a line begin with a capital, two at least, as in a title."""
    capitals = [word[0].isupper() for word in words(said) if len(word) > 3]
    return sum(capitals) >= 2 and 2 * sum(capitals) >= len(capitals)


def asks(said: str) -> bool:
    """Whether a line is a question of fact, which opens with the word that asks; "Ready to start?" is none."""
    return said.endswith("?") and _TITLE_OPENS.match(said) is not None


def leads_on(said: str) -> bool:
    """Whether a line names something else to read: a label that says so, a colon, and a title."""
    found = _LEADS_ON.match(said) if len(said) <= 160 else None
    if found is None:
        return False
    title = found["title"]
    return title[-1] not in ".;,:" and (_is_capitalised(title) or _TITLE_OPENS.match(title) is not None)


def calls(said: str) -> bool:
    """Whether a bare line asks the reader to do something at once, as a button does."""
    return is_bare(said) and not said.endswith("?") and _CALLS.match(said) is not None
