"""What a stand-alone question asks for: its kind, the quantity it wants, and the words that narrow it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

from index.figures import NUMBER_WORDS, Figure, Quantity, figures_in
from index.words import Word, words_in


class Kind(StrEnum):
    """The form of answer that a question wants."""

    FIGURE = "figure"
    YES_NO = "yes_no"
    LIST = "list"
    STEPS = "steps"
    WHY = "why"
    COMPARISON = "comparison"
    DEFINITION = "definition"
    AGREEMENT = "agreement"
    TREND = "trend"
    FACT = "fact"
    """Who, which, where, what: a sentence that tells."""


class Rank(StrEnum):
    """Which of several is asked for."""

    HIGHEST = "highest"
    LOWEST = "lowest"


_RANK = re.compile(
    r"(?:\b(?P<high>most|highest|best|largest|biggest|peak\w*|fastest|strongest|greatest|top|maximum)\b|"
    r"\b(?P<low>least|lowest|worst|smallest|slowest|weakest|fewest|minimum)\b)"
    rf"(?![\s-]+(?:(?:paid|paying|earning)[\s-]+)?(?:(?:\d+|{'|'.join(NUMBER_WORDS)})\s?(?:%|per\s?cent)|tenth|fifth|quarter|third|half)(?!\w))",
    re.IGNORECASE,
)

_CHANGE = re.compile(
    r"\b(?:more|fewer|new|added?|adding|gain\w*|los[et]\w*|chang\w*|grow\w*|rise|rising|increas\w*|fall\w*|drop\w*|declin\w*|shrink\w*)\b",
    re.IGNORECASE,
)


_HOW_I = re.compile(
    r"\bhow (?:do|can|could|would|should) (?:i|you|we|one)\b(?: (?:actually|even|best|ever|go about))*(?=\s+[a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Question:
    """A stand-alone question, read."""

    text: str
    kind: Kind
    quantity: Quantity | None
    """What a figure question wants counted; None where any sentence may answer."""

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words that carry a subject: no function words, no words that only ask ("much", "tell")."""
        return tuple(word for word in words_in(self.text) if word.text.lower() not in ASKING)

    @cached_property
    def rank(self) -> Rank | None:
        """Whether the highest or the lowest of several is asked for."""
        return next(ranks_in(self.text), None)

    @cached_property
    def change(self) -> bool:
        """Whether it asks how much something changes, and not how much there is."""
        return bool(_CHANGE.search(self.text))

    @cached_property
    def wanted(self) -> str:
        """Its words that say what is to be counted ("how much", "earn"), none where it asks for no quantity."""
        if self.quantity is None:
            return ""
        return {
            Quantity.MONEY: "how much is the pay of",
            Quantity.DURATION: "how long does it take to become",
            Quantity.PERCENT: "what is the growth of",
            Quantity.COUNT: "how many jobs are there for",
        }.get(self.quantity, "")

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Quantities that the question tells."""
        return figures_in(self.text)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years that the question names; none that the person tells of themselves before it ("a cook since 2009")."""
        told = [match.span() for match in _TOLD_YEAR.finditer(self.text)]
        years = (f for f in self.figures if f.quantity is Quantity.YEAR)
        return tuple(int(f.low) for f in years if not any(start <= f.span.start < end for start, end in told))

    @cached_property
    def by_year(self) -> bool:
        """Whether it asks for each year's row."""
        return bool(re.search(_BY_YEAR, self.text, re.IGNORECASE))

    @cached_property
    def apart(self) -> bool:
        """Whether it names two years for themselves ("2020 or 2023"), and not the time between them."""
        return bool(re.search(_TWO_YEARS, self.text, re.IGNORECASE))

    @cached_property
    def period(self) -> str | None:
        """The time that pay is asked for (`hour`, `year`, …), where the question says so."""
        for unit, pattern in _PERIODS.items():
            if pattern.search(self.text):
                return unit
        return None


ASKING = frozenset(
    """
    actually anyway believe bit bring certain come confirm consider curious exactly explain feel find first-hand forward get
    gets getting give go goes going gonna good got guess guide guides happen happened happens hear heard hello help hey
    hi hope idea information info kind kinds know let like list long look looking lot many mean mention much name need needs ok
    okay people person please point possible question quite read really right say says see seem sort sound sounds
    start stuff suppose sure take takes taking talk tell thank thanks thing things think thinking trying type types
    typical typically understand use useful usual wan wanna whats want wanted wants way well whole wonder wondering word
    true verify words would yeah yes
    """.split()
)
"""Words that carry the asking, not the subject."""

_MONEY = r"(?:pay|pays|(?:under|over)?paid|paying|payment|salary|salaries|wages?|earn(?:s|ed|ing|ings)?|income|compensation|remuneration|cost(?:s|ing)?|price[ds]?|fees?|tuition|money|\$+|dollars?|bucks)"
COSTS = re.compile(r"\b(?:costs?|costing|charg(?:es?|ed|ing)|price[ds]?|fees?|tuition)\b", re.IGNORECASE)
"""Words for money that is spent, not earned."""
EARNINGS = re.compile(
    r"\b(?:salar(?:y|ies)|wages?|earn(?:s|ed|ings?)?|income|compensation|remuneration"
    r"|(?:median|average|mean|typical|yearly|annual|hourly|monthly|starting|base) pay)\b",
    re.IGNORECASE,
)
"""Words for money that is earned, and not paid for something."""
_MAKES = (
    r"\bwhat (?:do|does|did|can|could|would|will|might|should)\b.*\b"
    r"(?:(?:makes?|take home|bring home)"
    r"(?:\s+(?:(?:per|a|an|each|every|in|at|for|on|as|with|working|annually|yearly|hourly|monthly)\b.*))?\W*$"
    r"|gets?\s+(?:(?:per|an?|each|every)\s+(?:hour|day|week|month|year)|annually|yearly|hourly|monthly|weekly)\b)"
)
"""What somebody makes, as in "what do they make a year?"."""
_PERIODS = {
    "hour": re.compile(r"\b(?:hourly|(?:per|an|by the|each) hour)\b", re.IGNORECASE),
    "year": re.compile(r"\b(?:yearly|annual(?:ly)?|(?:per|a|each) year)\b", re.IGNORECASE),
    "month": re.compile(r"\b(?:monthly|(?:per|a|each) month)\b", re.IGNORECASE),
    "week": re.compile(r"\b(?:weekly|(?:per|a|each) week)\b", re.IGNORECASE),
}
_AUXILIARY = r"(?:is|are|am|was|were|do|does|did|can|could|will|would|should|shall|has|have|may|might|must|isn'?t|aren'?t|don'?t|doesn'?t|can'?t|won'?t)"

_CHANGED = r"(?:(?:chang|grow|grew|rise|rose|risen|increas|decreas|fall|fell|fallen|drop|develop|evolv|mov|shift)\w*|(?:go|goes|gone|going|went) (?:up|down))"
_BY_YEAR = (
    r"\bby year\b|\byear (?:by|after|over|on|to) year\b|\bfor (?:each|every) year\b"
    r"|\b(?:each|every|all) (?:the )?years? since\b|\b(?:over|across|through|down) the table\b"
)
_TWO_YEARS = r"(?<!between )(?<!from )\b(?:19|20)\d\d\W+(?:and|or|vs\.?|versus|than|with|against|next to)\W+(?:in\W+)?(?:19|20)\d\d\b"
"""Two years side by side, not the ends of a time."""
_TOLD_YEAR = re.compile(
    r"(?:^|[.!?,;]\s*)(?:and |so |but )?(?:i|i['’]?(?:ve|m|d)|we|we['’]ve|my)\b[^.?!,;]*\b(?:19|20)\d\d\b[^.?!,;]*"
    r"(?=[.!,;]\s*(?:and |so |but )?(?:what|how|which|who|when|where|why|do|does|did|is|are|can|could|will|would|should)\b)",
    re.IGNORECASE,
)
"""A clause about oneself with a year in it, before a question."""
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            Kind.AGREEMENT,
            r"\b(?:the|your|all|both|these|two|do|any|different)\s+(?:guides?|sources?)\b.*\b(?:agree|disagree|differ|conflict|contradict|consistent|the same|of one (?:mind|opinion)|say different\w*)",
        ),
        (
            Kind.AGREEMENT,
            r"\b(?:agree\w*|disagree\w*|conflicts?|contradict\w*|discrepanc\w+|differences? of opinion)\b.*\b(?:the|your|all|both|these|two)\s+(?:guides?|sources?)\b",
        ),
        (
            Kind.AGREEMENT,
            r"\b(?:is|are) there (?:any |an? |some )?(?:\w+ )?(?:(?:dis)?agreements?|discrepanc\w+|contradictions?|conflicts?|differences? of opinion)\b"
            r"|\b(?:everyone|everybody|it)\b\s+(?:\w+ )?agree[ds]?\b|\bagreed (?:that|on|upon)\b",
        ),
        (
            Kind.AGREEMENT,
            r"^\W*(?:and |so )?(?:do|does)\s+(?:all|both|every|each|the|your|any|different)\s+(?:\w+\s+)?(?:guides?|sources?)\b",
        ),
        (
            Kind.COMPARISON,
            r"\b(?:compare[ds]?|comparison|versus|vs\.?|difference|differ|different from|better than|more than a|less than a|gap between|side by side)\b",
        ),
        (
            Kind.COMPARISON,
            r"^\W*(?:do|does|are|is|will|would)\b.*\b(?:(?:more|less|fewer|better|faster|longer|higher)\b(?:\W+\w+){0,3}?\W+than|as (?:much|many|long|fast|well(?: paid)?) as)\b",
        ),
        (
            Kind.COMPARISON,
            r"\b(?:and|or)\b[^?]*\b(?:each\b(?! (?:year|month|week|day|hour))|respectively\b)|\b\w+ (?:or|and) \w[^?]*\bwhose\b",
        ),
        (
            Kind.COMPARISON,
            r"\bhow much (?:more|less|better|worse)\b.*\bthan\b|\bout-?earns?\b"
            r"|\bthat (?:an?|the|other)?\s*\w[\w\s-]* (?:ca|do|does|is|are|wo)n['’]?t\W*$",
        ),
        (Kind.COMPARISON, r"\b(?:which|who|what)\b.*\b(?:more|better|higher|less|lower|faster|longer)\b.*\bor\b"),
        (
            Kind.COMPARISON,
            r"\bor\b.*\b(?:which|who)\b.*\b(?:more|better|best|higher|less|lower|faster|longer|brighter)\b",
        ),
        (Kind.COMPARISON, r"\b(?:do|does|are|is)\b.*\bor\b.*\b(?:more|better|higher|less|lower|faster|longer)\W*$"),
        (
            Kind.COMPARISON,
            r"^\W*(?:is|are)\b.*\b(?:better|higher|lower|longer|worse)\b(?: \w+){0,2} (?:in|at|for|with)\b.*\bor\b",
        ),
        (
            Kind.COMPARISON,
            r"^\W*(?:which|who)\b.*\b(?:growing|grows?|pays?|earns?|makes?|better|brighter)\b[^?]*,.*\bor\b",
        ),
        (
            Kind.TREND,
            rf"\b(?:how|did|has|have)\b.*\b{_CHANGED}\b.*\b(?:from|between|since|over)\b.*\b(?:19|20)\d\d",
        ),
        (
            Kind.TREND,
            rf"\b(?:how|did|has|have|is|are)\b.*\b{_CHANGED}\b.*\b(?:over (?:time|the (?!next\b|coming\b)(?:\w+ )?(?:years|decades?))|in (?:recent|past) years|in the (?:last|past) (?:\w+ )?years|through the years)\b",
        ),
        (Kind.TREND, rf"\bby how much\b.*\b{_CHANGED}\b.*\b(?:19|20)\d\d"),
        (Kind.TREND, _BY_YEAR),
        (Kind.TREND, _TWO_YEARS),
        (
            Kind.TREND,
            r"\b(?:what|which|when|in (?:which|what))\b.*\byear\b.*\b(?:most|highest|lowest|least|best|worst|largest|smallest|peak\w*|fastest|slowest|strongest|weakest)",
        ),
        (
            Kind.TREND,
            r"\b(?:most|highest|lowest|least|best|worst|largest|smallest|peak\w*|fastest|slowest|strongest|weakest)\b.*\bwhich year",
        ),
        (
            Kind.TREND,
            r"\b(?:highest|lowest|best|worst|largest|smallest|peak|fastest|slowest|strongest|weakest)(?:[\s-]+(?!(?:an?|per|each|every|last|this|next|first)\b)\w+){0,2}\s+year\b",
        ),
        (
            Kind.WHY,
            r"(?:^|[,.;:?!]\s*|\band\s+|\bbut\s+)why\b|\bhow come\b|\b(?:what|which)\b.*\breasons?\b|\bwhat makes\b|\bwhat for\b"
            r"|\bwhat(?:['’]?s| is) the (?:point|use|sense|good) (?:of|in)\b",
        ),
        (
            Kind.FIGURE,
            r"\bhow (?:much|many|long|often|fast|quick\w*|old|far|big|large|soon)\b|\b(?:under|over)-?paid\b",
        ),
        (
            Kind.FIGURE,
            r"\bwhat(?:'?s| is| are| was| were)?\b.*\b(?:percent\w*|proportion|share of|fraction|number of|rate|median|average|mean)\b",
        ),
        (
            Kind.STEPS,
            r"\bhow (?:do|does|can|could|should|would|to|might|i|we|one)\b.*\b(?:become|becomes|becoming|be an?|get (?:into|started|there|in)|start\w*|break in\w*|begin|enter|train|qualify|prepare|go about)\b",
        ),
        (
            Kind.STEPS,
            r"\b(?:walk|take|talk) me through\b|\b(?:what|which) order\b|\bstart to finish\b|\bfrom (?:start|scratch|nothing|zero) to\b"
            r"|\bwhat(?:'?s| is| are| does)? (?:the |it )?(?:way|process|procedure|takes?) (?:to|for|of)\b"
            r"|\bhow (?:do|does|can|could|should|would|to|might)\b.*\b(?:get to be|end up|move up|work (?:my|your|their) way|"
            r"(?:get|become|be|stay) (?:licensed|certified|registered|accredited|qualified))\b",
        ),
        (
            Kind.STEPS,
            r"\b(?:steps?|stages|path(?:way)?|road ?map|route)\b.*\b(?:to|for|into|of|towards?)\b|\bwhat are the (?:\w+ )?(?:steps|stages)\b|\bhow (?:to|do i) become\b",
        ),
        (
            Kind.FIGURE,
            rf"{_MAKES}|\b(?:hourly|yearly|annually|median|(?:per|an) hour)\W*$"
            rf"|\b(?:what|how|whats|what's)\b.*\b{_MONEY}\b|^\W*(?:\w+\W+){{0,4}}{_MONEY}\W*(?:for|of|as|in|at)?\b[^?]*$",
        ),
        (
            Kind.DEFINITION,
            r"\b(?:what(?:'?s| is| are)|define|meaning of|definition of)\s+(?:meant by |the meaning of )?(?:(?:an? |the(?! (?:[\w-]+ )*\w*[^s\W](?-i:s)\b) )?(?!the\b|\w*[^s\W](?-i:s)\b)(?:(?!\b(?:of|for|in|to|at|best|typical|usual|average|like)\b)[\w/&'’ -]){2,40}[?.!]?$)|\bwhat does\b.*\b(?:mean|stand for)\b|\bstands? for\b|\b(?:full|long) (?:name|form)\b|\bshort for\b|\w\W+meaning\b",
        ),
        (
            Kind.LIST,
            r"\b(?:what|which)\s+(?!.*\bused (?:for|to)\b)(?:are|other|kinds?|types?|sorts?|of|the|some|all|main|key|different|certifications)\b|\b(?:list|name|give (?:me|us|all|every))\b|\bexamples? of\b",
        ),
        (
            Kind.LIST,
            r"^\W*(?:tell me |show me |give me |name )?(?:all |the )*(?:\w+ ){0,2}?(?!kinds|types|sorts)\w+[^s\W]s (?:of|above|below|please)\b"
            r"|\bbottom to top\b|\bin order\W*$",
        ),
        (
            Kind.LIST,
            r"\b(?:what|which)\s+(?!are\b.*\bused (?:for|to)\b)(?!happens\b)(?:\w+\s+){0,3}?\w+[^s\W](?-i:s)\b(?<!is)(?<!does)(?<!was)",
        ),
    )
)
_LEAD_IN = re.compile(
    r"^.*?\b(?:(?:could|can|would|will|might) (?:you|someone|somebody|anyone)(?: \w+){0,2}? (?:tell|explain|show|say|clarify|share)"
    r"(?: to)?(?: me| us)?|do you(?: \w+){0,2}? know|i(?:['’]?d| would)?(?: \w+){0,3}? (?:know|ask|understand|hear|find out|learn)"
    r"|(?:wondering|curious)(?: about| to know)?|(?:tell|show|remind) (?:me|us)|any idea)\b(?: about| exactly)?[\s,:]*"
    r"(?=(?:what|which|who|whose|how|why|when|where)\b)",
    re.IGNORECASE,
)
"""A polite lead-in before what is asked ("could you tell me …")."""
_ORDERED = re.compile(
    r"^\W*(?:could|can|would|will) you (?:please |kindly |just )?(?=(?:give|list|name|show|explain|describe|define|compare|walk)\b)",
    re.IGNORECASE,
)
"""A request in the form of a question ("could you list …")."""
_YES_NO = re.compile(
    rf"(?:^|[.!?;:,]\s+|\b(?:so|and|but|or|then|ok|okay|hi|hello|please|wondering if|know if|whether)\s+)(?:{_AUXILIARY}\s+(?:\w+\s+){{0,2}}?(?:i|you|we|they|he|she|it|there|this|that|the|an?|my|most|all|any|some|these|those|\w+s?)\b)",
    re.IGNORECASE,
)
_QUANTITIES: tuple[tuple[Quantity, re.Pattern[str]], ...] = tuple(
    (quantity, re.compile(pattern, re.IGNORECASE))
    for quantity, pattern in (
        (
            Quantity.DURATION,
            r"\bhow (?:long|soon|quick\w*|many (?:more )?(?:years?|months?|weeks?|days?|hours?))\b|\bhow much (?:time|experience)\b|\bduration\b|\blength of\b|\byears of\b"
            r"|\btakes? (?:\w+ ){0,2}?(?:longe(?:r|st)|(?:less|more) time)\b"
            r"|\b(?:over|done|finished|through|ready|qualified|trained|certified|licen[cs]ed) (?:faste(?:r|st)|soone(?:r|st)|quicke(?:r|st))\b",
        ),
        (Quantity.YEAR, r"\b(?:what|which) year\b|\bsince when\b"),
        (
            Quantity.PERCENT,
            r"\bpercent\w*\b|%|\bproportion\b|\bshare of\b|\bfraction\b|\bhow fast\b|\b(?:growth|projected)\b.*\brate\b|\bgrowth\b|\bhow much\b.*\bgrow\b|\bgrow(?:ing|s)?(?: \w+)? fast\w*\b|\bfast\w* growing\b|\bfield is growing\b|\bjob outlook\b|\bpassing (?:score|mark)\b|\bpass mark\b",
        ),
        (
            Quantity.MONEY,
            rf"{_MAKES}|\b{_MONEY}\b|\bhow much\b.*\bmakes?\b|\bhow much\s+\w+.*\bcharges?\b|\bmakes? (?:more|less|better)\b|\b(?:better|worse) off\b|\bhourly\b|\b(?:median|(?:per|an) hour)\W*$|\bmaking\b|\bmake (?:a|per|an) (?:year|hour|living)\b",
        ),
        (Quantity.COUNT, r"\bhow many\b|\bnumber of\b"),
    )
)


def ranks_in(text: str) -> Iterator[Rank]:
    """Which ends of an order a text speaks of; a share of people ("the lowest tenth") is none."""
    return (Rank.HIGHEST if match["high"] else Rank.LOWEST for match in _RANK.finditer(text))


def impersonal(text: str) -> str:
    """A text that asks how to do what it asks how the one who asks does ("how do I become a baker")."""
    return _HOW_I.sub("how to", text)


def unranked(text: str) -> str:
    """A text without the words that ask for the highest or the lowest ("investigators best")."""
    return re.sub(r"\s+", " ", _RANK.sub("", text)).strip()


def read_question(text: str) -> Question:
    """The kind and the quantity of a stand-alone question; patterns of English questions, no subject's words."""
    kind = _kind(text)
    counted = kind in (Kind.FIGURE, Kind.TREND, Kind.COMPARISON, Kind.AGREEMENT) or _RANK.search(last_question(text))
    quantity = _quantity(text) if counted else None
    if kind is Kind.FIGURE and quantity is None:
        kind = Kind.FACT
    return Question(text, kind, quantity)


@cache
def names_quantity(word: str) -> bool:
    """Whether a word of a question only says what is to be counted ("pay", "growth")."""
    return read_question(f"How much {word}?").quantity is not None


def _kind(text: str) -> Kind:
    asked = _ORDERED.sub("", _LEAD_IN.sub("", last_question(text)))
    opens_yes_no = re.match(rf"\W*(?:and |so |but |or |then |ok |okay )?{_AUXILIARY}\b", asked, re.IGNORECASE)
    for kind, pattern in _KINDS:
        if opens_yes_no and kind in (Kind.LIST, Kind.DEFINITION, Kind.FIGURE, Kind.STEPS):
            continue
        if pattern.search(asked):
            return kind
    return Kind.YES_NO if opens_yes_no or _YES_NO.search(asked) else Kind.FACT


def _quantity(text: str) -> Quantity | None:
    asked = _without_told(last_question(text))
    return next((quantity for quantity, pattern in _QUANTITIES if pattern.search(asked)), None)


def _without_told(text: str) -> str:
    """A question without the times and shares that it tells: "with 4 years of experience" asks for no duration."""
    for figure in reversed(figures_in(text)):
        if figure.quantity in (Quantity.DURATION, Quantity.PERCENT):
            text = f"{text[: figure.span.start]}{re.sub(r'^ of', '', text[figure.span.end :])}"
    return text


def last_question(text: str) -> str:
    """The sentence that asks, where a message tells a story first."""
    sentences = [s for s in re.split(r"(?<=[.!?])(?<!\bvs\.)\s+", text.strip()) if s]
    asking = [s for s in sentences if s.rstrip().endswith("?")]
    return asking[-1] if asking else (sentences[-1] if sentences else text)
