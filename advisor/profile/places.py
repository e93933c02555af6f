"""Which country a place is in: countries and their regions by ISO 3166, large cities by the time zones named after them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

_ALSO = {
    "uk": "GB", "u.k.": "GB", "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "us": "US", "u.s.": "US", "usa": "US", "u.s.a.": "US", "the states": "US",
    "america": "US", "republic of ireland": "IE", "eire": "IE", "holland": "NL", "uae": "AE",
}  # fmt: skip
"""Names in everyday use that the standard does not list."""

PARTS = frozenset(("england", "scotland", "wales", "northern ireland"))
"""Parts of a country that go by the name of one: what holds in one need not hold in another."""


def country_of(place: str, among: Collection[str] = ()) -> str | None:
    """The ISO code of the country that a place is or lies in; None where that is unknown or more than one.

    `among` settles a name that several countries have: the one of them that is among these.
    """
    codes = _codes(place)
    named = codes & set(among) or codes
    return next(iter(named)) if len(named) == 1 else None


def _codes(place: str) -> frozenset[str]:
    said = place.casefold().strip()
    name = re.sub(r"[\s.,;]+$", "", said)
    bare = name.removeprefix("the ")
    return next(
        (c for n in (said, name, bare) for table in (_countries(), _regions()) if (c := table.get(n))), frozenset()
    )


def countries_in(text: str) -> frozenset[str]:
    """The codes of the countries that a text names ("Ireland, Australia and Canada")."""
    parts = re.split(r"\s*(?:,|;|/|\band\b|&)\s*", text)
    return frozenset(code for part in parts if (code := country_of(part)))


def named_in(text: str) -> frozenset[str]:
    """The codes of the countries that a text names by a word of their own ("in Canada")."""
    words = re.findall(r"[A-Z][\w.]+(?:\s+[A-Z][\w.]+)?", text)
    both = (part for word in words for part in (word, word.split()[0]))
    return frozenset(code for word in both for code in _countries().get(word.casefold(), ()))


def is_country(name: str) -> bool:
    """Whether this is the name of a country, in any letters."""
    return bool(_countries().get(name.casefold().strip()))


def known(place: str) -> bool:
    """Whether this is a country, or a region of one or more."""
    return bool(_codes(place))


@cache
def _countries() -> Mapping[str, frozenset[str]]:
    import pycountry

    names = {name: frozenset((code,)) for name, code in _ALSO.items()}
    for country in pycountry.countries:
        for key in ("name", "common_name", "official_name"):
            if getattr(country, key, None):
                names[getattr(country, key).casefold()] = frozenset((country.alpha_2,))
    return names


@cache
def _regions() -> Mapping[str, frozenset[str]]:
    """States, provinces, districts, cities: from a name to the countries that have one of it."""
    import pycountry

    found: dict[str, set[str]] = defaultdict(set)
    for region in pycountry.subdivisions:
        found[region.name.casefold().split(", ")[0]].add(region.country_code)
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        code, _, zone, *_ = line.split("\t") if not line.startswith("#") else ("", "", "")
        if code:
            found[zone.rsplit("/", 1)[-1].replace("_", " ").casefold()].add(code)
    return {name: frozenset(codes) for name, codes in found.items()}
