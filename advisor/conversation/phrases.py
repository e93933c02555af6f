"""What the words of a message tell by themselves, with nothing known of the guides."""

from __future__ import annotations

import re

from index.words import FUNCTION_WORDS, words_in

from ..question import ASKING, Kind, Question, read_question
from .runs import CODE, VERBS
from .turns import YEAR

COSTS = re.compile(r"\b(?:price|cost|fee|tuition)s?\b", re.IGNORECASE)
"""Names what is paid for a thing, and not to anybody."""
BEFORE_NOUN = re.compile(
    r"^(?:if i(?:'m| am)\s+)?(?:(?:for|in|at|with|about|on|from|of)\s+)?(?:an?|the)\s+(?=\S)|^(?:if i(?:'m| am)|for|in|at|with|about|on|from|of)\s+(?=\S)",
    re.IGNORECASE,
)
PLACED = re.compile(r"(?:for|in|at|with|on|from|under|over|before|after|during|without|if|as)\s", re.IGNORECASE)
"""Opens what narrows a question, and takes nothing's place."""
ADVERBIAL = re.compile(r"(?:in|at|on|under|over|during|without|within)\s", re.IGNORECASE)
"""Opens a place or a time."""
ADVERBIAL_END = re.compile(r"\b(?:in|at|on|under|over|during|without|within)\s+(?:(?:an?|the)\s+)?$", re.IGNORECASE)
LEADING = r"^\W*(?:(?:ok(?:ay)?|and|so|but|also|then|well|hmm+|oh|wow|actually|alright|great|thanks|thank you|cool|interesting|i see|got it)\b[\s,.!]*)*"
ASIDE = re.compile(
    r"\b(?:just )?(?:out of (?:interest|curiosity)|(?:one more|(?:a|one) quick|another) (?:thing|question))\b[\s,.:!-]*"
    r"|,?\s*\b(?:sorry|i mean(?:t)?)(?=\W*$)",
    re.IGNORECASE,
)
"""Says of a question that it comes by the way, or that it mends the one before."""
_HOLDS = (
    r"(?:does|would|will|is) (?:that|it|this|the same)(?: also| still| even)? (?:go|hold(?: true)?|apply|count|true|so|the (?:case|same))"
    r"(?: as well| too)?(?: to\b|(?= (?:for|in|at|with)\b))"
)
"""Asks whether what was told holds for something else as well."""
_IF = r"(?:what )?if i (?:did|do|took|take|got|get|had|have|chose|choose|(?:went|go) for|became|become)\b(?=.*\binstead\W*$)"
FRAGMENT = re.compile(
    LEADING
    + rf"(?:what about|how about|and|or|same(?: question)?(?= (?:for|about)\b)|{_HOLDS}|{_IF}|(?=(?:for|in)\s))\s*\b"
    r"(?P<rest>.+?)(?:,? (?:as well|too|also|instead))?\W*$",
    re.IGNORECASE,
)
CORRECTION = re.compile(
    r"^\W*(?:no|nope|sorry|actually|wait)?\W*(?:i (?:meant|mean|wanted|was asking (?:about|for))|not that\W+i meant|rather|make that)\s+(?P<rest>.+?)(?:,? not .+)?\W*$",
    re.IGNORECASE,
)
MENDS = re.compile(
    r"^(?:\W*(?:(?:no|nope|wait)\s*[,.!]|(?:sorry|oops)\b\s*[,.!]?)(?:\s*(?:no|wait|sorry)\s*[,.!])?\s+(?=\S))?"
    r"(?:\W*i (?:meant|mean)\s+(?=(?:what|which|who|where|when|why|how|do|does|did|is|are|was|were|can|could|will|would)\b))?",
    re.IGNORECASE,
)
"""Says of a message that it mends the one before ("no, the evening course")."""
YES = re.compile(
    r"^\W*(?:yes|yeah|yep|sure|ok(?:ay)?|please do|go ahead|sounds good|do it|tell me(?: more)?)(?:[ ,]+(?:please|do|go ahead|tell me(?: more)?|that one|that))*\W*$",
    re.IGNORECASE,
)
ONESELF = re.compile(
    LEADING
    + r"(?:i(?:['’]?m|['’]ve|(?= (?:am|was|have|had|used|work|worked|study|studied|trained|teach|taught|got|hold)\b))|my)"
    r"\b[^,.;?!]*[,.;?!]+\s*(?:(?:and|so|but)\s+)?",
    re.IGNORECASE,
)
"""A clause in which somebody tells of themselves, before what they ask."""
NEW_TOPIC = re.compile(
    LEADING + r"(?:(?:forget|drop|leave|skip) (?:about )?(?:it|that|this)|never\s?mind(?: (?:about )?(?:it|that|this))?"
    r"|(?:something|anything) (?:completely |entirely |totally )?(?:else|different)"
    r"|(?:an?\s+)?(?:completely |entirely |totally )?(?:another|different|other|new|unrelated|separate) (?:question|topic|subject|thing|matter)"
    r"|(?:to |let me |let's )?(?:change|switch|changing|switching) (?:of )?(?:the )?(?:topics?|subjects?)|moving on|by the way|btw)\b\W*"
    r"(?:(?:now|then|so|but|and)\b\W*)?(?P<rest>\w.*)$",
    re.IGNORECASE | re.DOTALL,
)
"""Sets aside what was spoken of, before a question."""
ONES = re.compile(r"\b(?P<kind>\w+) ones\b", re.IGNORECASE)
ONE = re.compile(r"(?:(?:an?|the)\s+)?(?P<kind>[\w-]+) ones?", re.IGNORECASE)
"""One of the kind that was spoken of, and nothing else."""
OBJECT_OF_WHICH = re.compile(
    r"^\W*(?:(?:and|so|but)\s+)?(?:which|what)\s+(?:[\w-]+\s+){1,3}?(?:do|does|did|can|could|will|would|should|must|have|has)\s+(?:they|he|she|these|those)\b",
    re.IGNORECASE,
)
"""Asks what "they" do something with, so that its first noun is not who they are."""
ENTITY = re.compile(r"\b(?:that|this|the (?:first|same)) one\b|\b(?:it|that)\b(?!\s+\w+ing\b)", re.IGNORECASE)
"""Points to something that an answer named."""
_SMALL = re.compile(rf"^(?:{'|'.join(sorted(FUNCTION_WORDS))})\s", re.IGNORECASE)
"""A small word with a capital, which opens a sentence and not the name behind it ("In May")."""
_NAME = re.compile(r"\b[A-Z][a-z]+(?:\s+(?:of\s+|and\s+|for\s+)?[A-Z][a-z]+)+")
WHICH = re.compile(LEADING + r"(?:which|who)\b", re.IGNORECASE)
WHERE = re.compile(LEADING + r"(?:which|who|where)\b", re.IGNORECASE)
ONE_PERSON = re.compile(r"he|she|him|her|his", re.IGNORECASE)
WORK = re.compile(
    r"\b(?:the|this|that) (?:job|work|role|career|field|profession|occupation|position|trade)\b(?!\s+(?:of|for|as|with|that|market|outlook|description)\b)",
    re.IGNORECASE,
)
"""The work that is spoken of, whoever does it."""
HOW_MUCH = re.compile(LEADING + r"how much (?:is|was|would) (?:that|it|this)(?: be)?\b", re.IGNORECASE)
"""Asks for the amount of what was spoken of."""
HOW_MUCH_ALONE = re.compile(LEADING + r"how much(?: money)?\W*$", re.IGNORECASE)
IN_PLACE = re.compile(r"\b(?:in|at) (?P<place>(?!\w*\d)[^?.!,;]+?)\W*$", re.IGNORECASE)
"""Where something is, at the end of a message."""
_CLAUSE_BEHIND = re.compile(
    r"\b(?:if|when|because|since|once|although|though|while|before|after|unless|until)\b", re.IGNORECASE
)
_NAMED_ONE = re.compile(r"\b(?:an?|the|my|any)\s+\w", re.IGNORECASE)
COUNTED = re.compile(r"\bhow many (?=(?:are|is|were|will be) (?:there|needed|employed)\b)", re.IGNORECASE)
NUMBERED = re.compile(r"^\w+ \d+\W+")
"""Opens a heading that has a number ("Step 2: …")."""
OPENS = re.compile(
    LEADING
    + r"(?:whats?|which|whos?|wheres?|when|why|hows?|do|does|did|is|are|was|were|can|could|will|would|should|must|has|have)\b",
    re.IGNORECASE,
)
"""A question that opens as one, and not with words that take the place of others in the one before."""
OWNED = re.compile(r"^(?:their|his|her|its)\b", re.IGNORECASE)
_DOES = r"\s+\w+\s+(?:cost|last|take|pay|need|require|include|involve|cover|work|have|mean|lead|help|start|end|count)\b"
THING = re.compile(
    rf"\b(?:it|its|one|there)\b|\b(?:this|that)\b(?!{_DOES})(?!\s+\w+\W*$)"
    rf"|(?<!\bfor )(?<!\bin )(?<!\bat )(?<!\bof )(?<!\bto )(?<!\bon )(?<!\bwith )(?<!\babout )\b(?:this|that)\b(?!{_DOES})",
    re.IGNORECASE,
)
"""Points to a thing; "that course" names what it points to itself, where what stands around it shows that it is a noun."""
PERSON = re.compile(
    r"\b(?:they|them|their|theirs|he|she|him|her|his)\b"
    r"|\b(?:these|those)\b(?=\W*$|\s*[,;?!.]|\s+(?:who|that|which|are|were|do|did|have|had|can|could|will|would|should|must|in|at|with|of|on|from|for|two|pays?|earns?|makes?|needs?|takes?|works?|costs?)\b)",
    re.IGNORECASE,
)
"""Points to people, or to several; "those letters" names what it points to itself."""
_RELATIVE_YEAR = re.compile(
    r"\b(?:(?:(?P<ahead>in)\s+)?(?P<count>\d+|one|two|three|four|five|ten)\s+years?(?(ahead)(?:['’]\s*time)?(?=\W*$)|\s+(?P<way>later|after|earlier|before|ago))|the\s+(?:year\s+(?P<side>after|before)|(?P<next>next|following|previous|prior)\s+year))\b",
    re.IGNORECASE,
)
SAME_YEAR = re.compile(r"\b(?:in )?(?:that|the same) (?:same )?year\b|\b(?:back )?then(?=\W*$)", re.IGNORECASE)
NEXT = re.compile(
    r"\b(?P<way>next|following|previous|prior|(?:one )?(?:above|below)|after (?:that|this))\b\s*(?P<what>\w+)?",
    re.IGNORECASE,
)
COMES_NEXT = re.compile(
    LEADING
    + r"(?:what|which(?: (?:one|level|role|job|position|step))?|who)(?: comes| is|['’]s| would be| follows)?(?: right| just)? "
    r"(?:next|(?:after|above) (?:that|this|it)(?: one| level| role)?)\W*$",
    re.IGNORECASE,
)
"""Asks what comes after what was spoken of, and no more."""
BARE_AMOUNT = re.compile(
    LEADING + r"(?:(?:for|after|since|until|till|by|at) )?(?:how (?:long|often|old|far|soon|much|many)"
    r"(?: (?:years|months|weeks|days|hours|times|percent|people|of (?:them|those|these)))*|what (?:age|percent\w*|share))"
    r"(?P<is> (?:is|was) (?:that|it|this))?(?: (?:on average|exactly|roughly|then|in total|(?:a|per) (?:year|month|week|hour)))*\W*$",
    re.IGNORECASE,
)
"""Asks for an amount of whatever was spoken of, and names nothing ("how many weeks?")."""
ENDS = re.compile(
    r"\b(?:top|bottom|highest|lowest|best|worst|most|least|largest|smallest|maximum|minimum|upper|lower)\b",
    re.IGNORECASE,
)
"""Tells which end of an order is meant, a share of people included ("the bottom tenth")."""
BE_ONE = re.compile(r"\b(?P<verb>be|become|being|becoming|been) one\b", re.IGNORECASE)
"""Speaks of being whoever was spoken of."""
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}


def names_figure(new: str) -> bool:
    """Whether a phrase only says what is to be counted ("the pay", "growth")."""
    few = len(list(words_in(new))) <= 2
    return few and not narrows(new) and read_question(f"How much {new}?").quantity is not None


def narrows(new: str) -> bool:
    """Whether a phrase tells which of several, and no other thing ("the top 10 percent", "the best-paid tenth")."""
    return (
        bool(re.search(r"\d|\b(?:ones?|half|third|quarter|fifth|tenth)\b", new))
        or Question(new, Kind.FACT, None).rank is not None
    )


def is_fragment(text: str) -> bool:
    """Whether a text has no question of its own: no question word, no verb that asks."""
    return len(text.split()) <= 8 and not asks(text)


def asks(text: str) -> bool:
    """Whether a text holds a word that asks, or one that orders to tell."""
    return bool(
        re.search(
            r"\b(?:whats?|which|whos?|wheres?|when|why|hows?|do|does|is|are|can|could|will|would|should|did)\b"
            r"|^\W*(?:(?:and|but|so|or|ok(?:ay)?)\W+)*(?:must|may|might|has|have|had|am|was|were|shall|whose|whom)\b"
            r"|^\W*(?:please )?(?:compare|explain|describe|define|list|name|tell|show|give)\b",
            text,
            re.IGNORECASE,
        )
    )


def asking(text: str) -> str:
    """A text without the clause in which somebody tells of themselves, where what is left asks."""
    rest = ONESELF.sub("", text)
    return rest if asks(rest) else text


def noun(pronoun: str, noun: str) -> str:
    """A noun in the case of the pronoun whose place it takes."""
    owning = pronoun.lower() in ("their", "theirs", "his", "its")
    return f"{noun}'s" if owning and not noun.endswith("s") else (f"{noun}'" if owning else noun)


def self_contained(text: str) -> bool:
    """Whether a pronoun points to nothing before: "Is it true that …", "does it take long to …", "is there …"."""
    return bool(
        re.search(
            r"\bis (?:it|there)\b.*\b(?:to|that)\b|\bit (?:\w+ly )?(?:take|takes|took|cost|costs)\b.*\b(?:to|before|until|till)\b"
            r"|\bworth it\b|\bit (?:make|makes|made) (?:any |much |more )?sense\b|\b(?:is|are|was|were|will|would|can|could|may|might|must|should) there\b|\bthere (?:is|are|was|were|will|would)\b|\bthat (?:i|you|we|they)\b",
            text,
            re.IGNORECASE,
        )
    )


def relative_year(message: str, before: str) -> int | None:
    """The year that a message counts from the one that was asked about ("three years later"); None where it counts none."""
    match, years = _RELATIVE_YEAR.search(message), YEAR.findall(before)
    if not match or not years:
        return None
    if match["count"]:
        count = _COUNTS.get(match["count"].lower()) or int(match["count"])
        back = (match["way"] or "").lower() in ("earlier", "before", "ago")
    else:
        count, back = 1, (match["side"] or match["next"]).lower() in ("before", "previous", "prior")
    return int(years[-1]) + (-count if back else count)


def names_in(text: str) -> list[str]:
    """Abbreviations of a text, or else its names of several capital words, in order."""
    names = (_SMALL.sub("", match[0]) for match in _NAME.finditer(text))
    return CODE.findall(text) or [name for name in names if " " in name]


def points_inside(text: str) -> bool:
    """Whether "it" or "that" points to what an earlier clause of the same message told ("I have …, is that enough?")."""
    match = THING.search(text)
    clauses = re.split(r"[,.;:!?]\s", text[: match.start()]) if match else []
    told = [word for clause in clauses[:-1] for word in words_in(clause) if word.text.lower() not in VERBS | ASKING]
    return len(told) > 1


def points_to_main_clause(text: str) -> bool:
    """Whether "it" in a clause behind points to what the main clause names ("the point of a certificate if nobody asks for it")."""
    match = THING.search(text)
    main = _CLAUSE_BEHIND.split(text[: match.start()], maxsplit=1) if match else []
    return len(main) > 1 and bool(_NAMED_ONE.search(main[0]))
