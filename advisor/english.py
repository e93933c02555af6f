"""Words of general English whose meaning the proof has to know: what denies, what obliges, what bounds, what says the same.

Nothing here belongs to one subject or career. A word that is in none of these lists stands for itself alone.
"""

from __future__ import annotations

import re
from functools import cache

from index.words import stem

# What is written in several words, or in several ways, and is one thing: replaced before words are read.
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"\bu\.\s?s\.(?:\s?a\.?)?(?=\W|$)|\bUSA?\b(?-i:)|\bunited states(?: of america)?\b", "Unitedstates"),
    (r"\bu\.\s?k\.(?=\W|$)|\bUK\b|\bunited kingdom\b", "Unitedkingdom"),
    (
        r"\b(the|an?|each|every|some|most|all|many|few|several|in|by|of|from|your|their|his|her|other|another|which|any|both|no) states?\b",
        r"\1 thestate",
    ),
    (r"(?:^|(?<=[.;:!?,] ))states?\b(?! that\b)", "thestate"),
    (r"\bartificial intelligence\b", "AI"),
    (r"(?<=[\d%+])\s?[-\u2010-\u2015]\s?(?=[$£€]?\d)", " to "),
    (r"\b(\d+(?:\.\d+)?)\s?(?:percent|per cent)\b", r"\1%"),
    (r"\bbetween (?=[$£€]?\d)(\S+?),? and (?=[$£€]?\d)", r"from \1 to "),
    (r"\bevery other (year|month|week|day|hour)\b", r"every 2 \1s"),
    (r"\bjust as (?=\w+ as\b)", "as "),
    (r"\beveryone else\b|\banyone else\b|\ball others\b", "others"),
    (r"^(?:first|second|third|next|then|finally|lastly)(?: of all)?,\s", ""),
    (r"\b(?:among|amongst) other things\b,?", ""),
    (r"\beven (?=though|if|when)", ""),
    (r"\b(?:keep|keeps|kept|stay|stays|stayed) (?:abreast|current|up[ -]to[ -]date)\b", "keep up"),
    (r"\bnot only\b(?=.{1,80}\bbut\b)", ""),
    (r"\bbut also\b|\bas well as\b|\balong with\b|\btogether with\b", "and"),
    (r"\bon top(?: of)?\b", "ontopof"),
    (
        r"\b(?:as|so) long as\b(?!\s(?:\d|an? |one|two|three|four|five|six|several|many|some))|\bprovided that\b|\bon (?:the )?condition that\b",
        "if",
    ),
    (r"\brather than\b|\binstead of\b|\bas opposed to\b", "not"),
    (r"\b(?:no|not any) longer\b", "not"),
    (r"\bcan(?:not|['’]t)\b", "can not"),
    (r"\bwon['’]t\b", "will not"),
    (r"\b(\w+)n['’]t\b", r"\1 not"),
    (r"\bat least\b|\b(?:a |the )?minimum of\b|\bno(?:t)? (?:less|fewer) than\b|\bupwards? of\b", "atleast"),
    (r"\b(?:more than|over|above|in excess of|exceeding)(?=\s(?:[$£€]\s?)?\d)", "atleast"),
    (r"(?<=\d) or (?:more|above|over)\b", " openend"),
    (
        r"\bup to(?=\s(?:[$£€]\s?)?\d|\s(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\b)|\bat most\b|\b(?:a |the )?maximum of\b|\bno(?:t)? more than\b",
        "atmost",
    ),
    (r"\b(?:less than|fewer than|under|below)(?=\s(?:[$£€]\s?)?\d)", "atmost"),
    (r"\b(?:about|around|roughly|approximately|some|nearly|almost|close to)(?=\s(?:[$£€]\s?)?\d)", "about"),
    (r"\b(?:has|have|had|having) (?:got )?to\b(?! do\b)", "must"),
    (r"\b(?:is|are|was|were) to be\b", "must be"),
    (r"\b(?:has|have|had|having) trouble with\b", "struggle with"),
    (r"\bmak(?:e|es|ing) sure\b|\bsee(?:s|ing)? (?:to it )?that\b", "ensure"),
    (r"\b(?:take|takes|took|taking) part in\b", "participate in"),
    (r"\b(?:take|takes|took|taken|taking) care of\b|\blook(?:s|ed|ing)? after\b", "tend"),
    (r"\b(?:be|is|are|was|were|being) able to\b", "can"),
    (r"\b(?:a number of|a range of|a variety of)\b", "various"),
    (r"\b(?:a lot of|lots of|plenty of|a great many)\b", "many"),
    (r"\ba few\b", "several"),
    (r"\b(?:in order|so as) to\b", "to"),
    (r"\b(is|are|was|were) (?:given|put|listed)\b(?: as\b)?", r"\1"),
    (r"\bstands? for\b(?= [A-Z])", "is"),
    (r"\b(?:be|is|are|was|were|being) unable to\b", "can not"),
    (r"\bwith no\b", "without"),
    (r"\bfor (?:example|instance)\b|\bsuch as\b|\be\.g\.", "including"),
    (r"\baccording to\b", "says"),
    (r"\b(?:is|are) (?:also )?(?:called|known as|termed|named)\b", "is called"),
    (r"\b(?:per|each|every|an?)\s(year|month|week|day|hour)\b", r"per\1"),
    (r"\bmean(?= (?:(?:annual|yearly|monthly|hourly) )?(?:pay|salar(?:y|ies)|wages?|earnings|income)\b)", "average"),
    (r"\b(?:annual|annually|yearly)\b", "peryear"),
    (r"\bmonthly\b", "permonth"),
    (r"\bweekly\b", "perweek"),
    (r"\bdaily\b", "perday"),
    (r"\bhourly\b", "perhour"),
)
PHRASES = tuple((re.compile(pattern, re.IGNORECASE), new) for pattern, new in _PHRASES)

NEGATIONS = frozenset("no not never none nobody nothing nowhere neither nor without lack lacks lacking lacked".split())
"""Words that deny what follows them."""

BOUNDS = {"atleast": "at least", "atmost": "at most", "about": "about"}
"""How a number may be bounded."""

STRENGTHS = {
    "must": """must need needs needed require requires required requiring requirement requirements necessary mandatory
        essential compulsory obligatory obliged crucial vital indispensable""",
    "should": """should ought recommend recommends recommended recommendation advise advises advised advisable
        preferable preferably prefer prefers preferred preference ideally desirable encouraged beneficial""",
    "may": """may might could can possible possibly perhaps potential potentially optional optionally maybe
        voluntary allowed permitted""",
    "will": "will shall would",
}
"""How strongly something is asked for or claimed."""

EXTENTS = {
    "all": "all every each everyone everybody everything always invariably anyone anybody anything",
    "most": "most mostly majority usually generally typically normally mainly primarily largely commonly typical usual",
    "many": "many often frequently numerous frequent",
    "some": "some sometimes several occasionally certain partly",
    "few": "few little rarely seldom hardly barely scarcely",
    "only": "only solely exclusively just merely",
}
"""How many, or how often."""

PIVOTS = frozenset("than before after until unless if because since when by over under into above below".split())
"""Words whose two sides cannot change places."""

TELLING = frozenset(
    """more less fewer least than before after until unless except above below over under beyond against despite
    without first last next same other others own again ever still yet already""".split()
)
"""Closed-class words that a claim can turn on, so they have to be in the quote like any other."""

RELATIONS = {
    word: name
    for name, words in {
        "by": "by", "to": "to", "until": "until till", "from": "from since", "within": "within", "in": "in during",
        "after": "after following", "before": "before", "over": "for over throughout", "on": "on at", "with": "with",
        "without": "without", "above": "above", "below": "below under",
        "between": "between",
    }.items()
    for word in words.split()
}  # fmt: skip
"""Words that say how far a figure reaches, or how one thing stands to another, by what they say."""
STRICT_RELATIONS = frozenset("by until after before without within".split())
"""Those that no figure gets that has none in the quote."""
OPPOSED_RELATIONS = frozenset(
    {
        ("with", "without"),
        ("before", "after"),
        ("above", "below"),
        ("above", "on"),
        ("below", "on"),
        ("until", "from"),
        ("until", "after"),
        ("until", "in"),
        ("until", "before"),
        ("in", "after"),
        ("in", "before"),
        ("within", "after"),
        ("within", "before"),
        ("between", "in"),
        ("between", "over"),
    }
)
"""Those that cannot stand for each other before any word."""

LIKE_RELATIONS = frozenset({("within", "in"), ("in", "on"), ("over", "in")})
"""Those that say the same of a time."""

CONDITIONS = {
    **dict.fromkeys("if when once where whenever provided".split(), "if"),
    **dict.fromkeys("unless until except".split(), "unless"),
}
"""Words that open a condition, by whether what follows must hold or must not."""
BE = frozenset("be is are was were been being am".split())
MODALS = frozenset("can could may might must shall should will would".split())
AUXILIARIES = BE | MODALS | frozenset("do does did have has had".split())
"""Verbs that stand before others."""
LIGHT_VERBS = frozenset("make makes made have has had give gives take takes took let lets get gets got".split())
"""Verbs that say little and yet part who does something from what is done."""
CONCESSIONS = frozenset("although though while whereas".split())
"""Words that open the first clause of a contrast."""
SUBORDINATORS = frozenset(
    "who whom which that where when because if while although though whereas unless until".split()
)
"""Words behind which a clause has a subject of its own, or is told of the word before it."""
SCOPES = frozenset("in for at under within among outside on across with without after before during".split())
"""Words that may open a sentence with where, when or for whom it holds."""
MONTHS = frozenset("january february march april may june july august september october november december".split())
LINKING = frozenset(
    "addition general fact short example instance particular turn words information result contrast conclusion".split()
)
"""Nouns of phrases that open a sentence and hold it to nothing ("in addition")."""
MEASURES = frozenset("average averages averaged averaging mean median".split())
"""Words that say that a figure is one of many taken together."""
ADDED = frozenset(
    "plus ontopof additional additionally extra besides addition separate separately apart further".split()
)
"""Words that say that something is to be added."""
CHANGES = frozenset(
    """rise rises rose risen fall falls fell fallen grow grows grew grown increase increased increases decrease decreased
    decreases drop drops dropped decline declined declines climbed climb""".split()
)
"""Words that say that a figure was one thing and became another."""
CLAUSE_JOINTS = frozenset("; while whereas but and".split())
"""Marks and words that may stand between two clauses."""

LIGHT = frozenset(
    """
    be is are was were been being am have has had having do does did doing done get gets got getting go goes going went
    come comes came coming make makes made making take takes took taken taking put puts
    become becomes became becoming let lets
    person people individual individuals one ones someone anyone thing things way ways kind kinds
    say says said saying tell tells told telling state states stated mention mentions note notes noted list lists
    guide guides source sources quote quotes passage passages text
    also too please yes well here there however moreover furthermore additionally therefore thus overall meanwhile
    etc exist exists mean means meant like likewise instead rather indeed plus namely specifically particularly especially
    including include includes consist consists consisting use uses used using play plays played want wants wish wishes intended meant aimed
    """.split()
)
"""Words that claim nothing by themselves."""

IRREGULAR = {
    form: base
    for base, forms in {
        "pay": "paid", "write": "wrote written", "hold": "held", "rise": "rose risen", "fall": "fallen",
        "grow": "grew grown", "teach": "taught", "learn": "learnt", "keep": "kept", "meet": "met", "sit": "sat",
        "begin": "began begun", "choose": "chose chosen", "drive": "drove driven", "send": "sent", "spend": "spent",
        "lead": "led", "know": "knew known", "show": "shown showed", "build": "built", "buy": "bought", "sell": "sold",
        "win": "won", "lose": "lost", "wear": "wore worn", "lend": "lent", "find": "found", "think": "thought",
        "see": "saw seen", "bring": "brought", "leave": "left", "feel": "felt", "run": "ran", "speak": "spoke spoken",
        "break": "broke broken", "catch": "caught", "fly": "flew flown", "draw": "drew drawn", "read": "reads",
        "man": "men", "woman": "women", "child": "children", "person": "persons", "good": "better best",
        "bad": "worse worst", "far": "further farther", "much": "more most",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Forms that a stemmer does not bring together. Comparatives stay apart: they are looked up only among `SAME`."""
for _apart in ("better", "best", "worse", "worst", "more", "most", "further", "farther"):
    IRREGULAR.pop(_apart, None)

_SAME = """
need require must necessary mandatory essential compulsory obligatory requirement
ask demand request
ask charge cost
should ought
recommend advise suggest
may might can could possible
get obtain gain acquire receive
earn make pay salary wage income earnings paid pay
money pay
help assist support aid
begin start commence enter
beginner newcomer starter novice
end finish complete conclude
job role position post occupation profession work career
worker employee staff
task duty responsibility
show demonstrate prove indicate
show present
ensure guarantee
check verify review examine
keep maintain retain
renew renewal
learn study
learn know
teach train instruct
training education
course class
big large
important significant
crucial vital essential
invaluable valuable
accurate precise correct right exact
correctly accurately right
quick fast rapid
hard difficult
simple easy
type kind sort
various different several
different other
usual typical common normal general
usually typically commonly normally generally often
often frequently
sometimes occasionally
rise increase grow climb growth
fall fell decrease drop decline
raise increase boost improve
widen broaden expand
improve better
approximately about around
average mean
high top
highest top best
best highest
worst lowest
lowest least
big major
small minor
company firm business enterprise
private firm company
use apply employ utilize rely
use usage
cover include contain comprise involve consist feature
have include contain feature
relate related
belong member membership
call name term know
describe call
need want
wish want
assign give
apply candidate applicant application
candidate applicant
exam examination test
exam sit
exam pass
exam question
pass passing
fee cost price charge
additional extra more further
license licence
organization organisation association body
center centre
program programme
specialize specialise
recognize recognise
analyze analyse
minimize minimise
meticulous careful
find locate
find get
watch monitor follow
follow track
follow stay
current updated
update updated new
collaborate cooperate work
closely close
communicate talk speak
resolve solve
fix mend repair correct
choose select pick
choose opt
decide determine
look search seek
look review
seek get
lengthy long
whole entire full
entire whole
mainly primarily mostly chiefly
purpose aim goal objective
main basic primary chief
basic fundamental
country nation
worldwide global international
remote home
remotely home
telecommute remote
yearly year peryear
monthly month permonth
weekly week perweek
hourly hour perhour
daily day perday
each every all
all every any
both two
part role
part component
like similar
equal equivalent same
opportunity chance prospect
chance prospect
prospect outlook
reason because
because since as
though although
while whereas
but however though
so therefore
also too
if whether
if when
when once
between from to
than compared
further advanced
person individual
mentor coach
lead head direct
manage oversee supervise run
boss manager
firm company employer
employer company
require expect
expect project forecast predict
expected projected
forecast projection
dedication commitment
commitment dedicated
skill ability
skilled proficient
ability able can
proficient proficiency
strong solid good sound
good strong
sound solid
grasp understand understanding knowledge
knowledge know
bring give
bring get
bring offer
bring have
give offer provide
give state
offer provide
offer give
combine join
attempt try
fetch get
retake repeat
date day
deadline limit
revise update change
change alter
change shift
remove delete drop
removed deleted
delete remove
bigger larger
more greater
stress pressure
face meet encounter
meet fulfil satisfy
fulfil meet
money fund
own self
self own
alone self
self themselves
carry do perform conduct
perform do
intend mean design
intended meant
meant for
suit fit match
fit suitable
enough suffice sufficient
suffice enough
say state report
report say
warn caution
advert advertise advertisement
reply answer respond
question query
fill complete
hand submit
submit send
disagree differ
agree same
differ disagree different
differ vary
vary depend
depend vary
around about
last take
last long
during in
within in
come arise
arise come
retire retirement
return back
back return
join enter
enter join
nowadays today now
today now
soon shortly
late end
early start
private personal
personal own
spend take
invest spend
invest investment
prune trim
observe see
see look
near close
nearest closest
close near
next following
following next
tenth decile
half 50%
twice double
double twice
busy busiest
focus concentrate
focus concentration
detail detailed
precise precision
effect affect
affect influence
permit allow
allow permit let
allowed permitted
forbid prohibit ban
prohibited forbidden
cause lead
lead result
enable allow
mistake error
error mistake
fault error
data information
information detail
document record
record document
record note
keep hold
stop end
happen occur
buy purchase
sell sale
client customer
customer client
split divide share
move transfer relocate
leave exit quit depart
stay remain keep
hire employ recruit
carry transport haul
after following
handle manage
discuss talk
create produce build
plan schedule
arrange organize organise
explain clarify describe
avoid prevent
reduce lower cut decrease
protect guard
research investigate study explore
inspect examine check
assess evaluate judge
calculate compute
construct build
operate run
collect gather
ship send
direct lead
participate join
rely depend
emphasize emphasise stress underline highlight
propose suggest
rare uncommon
wide broad
key main crucial important
dangerous hazardous risky
danger hazard risk
ill sick
illness disease sickness
doctor physician
clothes clothing
car vehicle
shop store
house home
buyer purchaser
seller vendor
film movie
tv television
phone telephone
photo photograph picture
math maths mathematics
lab laboratory
info information
regular frequent
certain specific particular
clear plain
true right
wrong incorrect
adjust adapt
gradual slow
modern current
former previous earlier
previous prior earlier
later afterwards subsequent
"""

OPPOSITES = tuple(
    tuple(pair.split("/"))
    for pair in """
    more/less more/fewer most/least rise/fall increase/decrease grow/shrink high/low highest/lowest above/below over/under
    before/after first/last early/late earlier/later long/short longer/shorter large/small larger/smaller big/small
    fast/slow faster/slower easy/hard simple/complex hard/simple strong/weak full/part open/closed open/shut
    begin/end start/finish start/end include/exclude allow/forbid permit/prohibit accept/reject accept/refuse
    pass/fail win/lose gain/lose hire/fire buy/sell lend/borrow teach/learn give/receive send/receive
    inside/outside indoor/outdoor internal/external public/private urban/rural local/national domestic/foreign
    national/international minimum/maximum lowest/highest best/worst better/worse good/bad rich/poor
    required/optional mandatory/voluntary essential/optional necessary/unnecessary compulsory/optional
    always/never often/rarely usually/rarely everyone/nobody all/none many/few most/few with/without
    junior/senior beginner/expert paid/unpaid free/paid new/old young/old safe/dangerous rare/common
    common/uncommon possible/impossible legal/illegal formal/informal direct/indirect active/inactive
    advantage/disadvantage agree/disagree able/unable positive/negative increase/reduce raise/lower expand/reduce
    widen/narrow remote/onsite temporary/permanent simple/difficult easy/difficult day/night summer/winter spring/autumn
    upper/lower top/bottom left/right cheap/expensive
    voluntary/compulsory together/alone same/different near/far nearest/farthest present/absent success/failure
    promising/bleak encourage/discourage likely/unlikely certain/uncertain credible/dubious attractive/unattractive
    """.split()
)
"""Pairs that cannot stand for each other."""

IMPERSONAL_NOUNS = frozenset("people person individual individuals those someone anyone".split())
"""Words for whoever is meant, which what stands behind them tells."""
IMPERSONAL = frozenset("it they this these that those he she".split())
"""Pronouns that stand for a subject said before."""


_UNSTEMMED = frozenset("informal university universities organ organs".split())
"""Words that a stemmer takes for others."""


@cache
def groups() -> dict[str, frozenset[int]]:
    """For each stem, the numbers of the groups of words that say the same."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_SAME.strip().splitlines()):
        for word in line.split():
            found.setdefault(key_of(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def forecasts() -> frozenset[str]:
    """Stems of words that say that something is expected, not that it is so."""
    words = "projected projects projection expected expects expect forecast predicted predicts"
    return frozenset(key_of(word) for word in words.split())


REPORTS = frozenset(
    """say says said report reports reported warn warns warned estimate estimates estimated stress stresses stressed
    wrote writes written announced announces stated found""".split()
)
"""Verbs by which a source says what may be so for it alone; to ask and to advise are none."""


TELLS = frozenset("say tell answer reply respond repeat write print claim pretend".split())
"""Verbs, as they stand in an order or behind "must" and "to", whose object is what is to be said."""


@cache
def sayings() -> frozenset[str]:
    """Stems of verbs by which a source says something."""
    words = "says reports warns recommends estimates advises projects expects predicts quotes gives stresses suggests found wrote announced states"
    return frozenset(key_of(word) for word in words.split())


@cache
def opposites() -> frozenset[tuple[str, str]]:
    """Stems that are opposites, both ways round."""
    pairs = {(key_of(a), key_of(b)) for a, b in OPPOSITES}
    return frozenset(pairs | {(b, a) for a, b in pairs})


@cache
def key_of(word: str) -> str:
    """The stem by which a word is compared."""
    lowered = word.lower().replace("’", "'")
    return lowered if lowered in _UNSTEMMED else stem(IRREGULAR.get(lowered, lowered))


_CONTRARY = (("in", "out"), ("over", "under"), ("up", "down"), ("pre", "post"), ("inter", "intra"))
_DENYING = ("un", "in", "im", "il", "ir", "dis", "non", "mis")


@cache
def contrary(one: str, other: str) -> bool:
    """Whether two stems are opposites: a known pair, or one word with prefixes that turn its meaning."""
    if (one, other) in opposites():
        return True
    if any(one == p + other or other == p + one for p in _DENYING):
        return True
    parties = {one[-2:], other[-2:]}
    if one[:-2] == other[:-2] and len(one) > 5 and parties in ({"er", "ee"}, {"or", "ee"}):
        return True
    return any(
        (one.startswith(a) and other.startswith(b) and one[len(a) :] == other[len(b) :] and len(one) - len(a) > 2)
        or (one.startswith(b) and other.startswith(a) and one[len(b) :] == other[len(a) :] and len(one) - len(b) > 2)
        for a, b in _CONTRARY
    )


def class_of(word: str, classes: dict[str, str]) -> str | None:
    """The class of a word among named classes of words."""
    return _classes(tuple(classes.items())).get(word.lower())


@cache
def _classes(classes: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {word: name for name, words in classes for word in words.split()}
