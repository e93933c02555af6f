"""Pieces of the patterns in which English speaks of oneself: subjects, verbs, wishes."""

from __future__ import annotations

from .phrases import END, NOUNS

ADVERBS = (
    r"(?:(?:just|only|already|currently|now|still|finally|also|recently|actually|really|both|originally|previously|mainly|mostly|always|"
    r"do|definitely|even|presently|sadly|very much|quite|most)\s+)*"
)
MAYBE_I = r"(?:i\s+)?"
AM = rf"(?:i\s+am|i['’]?m|am)\s+{ADVERBS}"
WAS = rf"(?:i\s+was|was|i\s+used\s+to\s+be|used\s+to\s+be|i['’]?ve\s+{ADVERBS}been|i\s+have\s+{ADVERBS}been|have\s+been|been)\s+{ADVERBS}"
GOT = (
    r"got|have|had|hold|own|possess|earned|obtained|received|completed|finished|passed|took|taken|did|done|gained|"
    r"graduated\s+with|accumulated|acquired"
)
HAVE = rf"(?:i\s+{ADVERBS}(?:{GOT})(?:\s+(?:got|earned|completed|finished|passed|taken|done|obtained))?|i['’]?ve\s+{ADVERBS}(?:{GOT})?|{ADVERBS}(?:{GOT}))"
THE = r"(?:an?\s+|the\s+|my\s+|some\s+)?"
WHAT = rf"(?P<what>{NOUNS}){END}"
WANT = (
    rf"(?:i\s+|i['’]d\s+|i\s+would\s+|i['’]?m\s+|i\s+am\s+|i['’]?ve\s+|i\s+have\s+|id\s+|would\s+)?{ADVERBS}"
    r"(?:want(?:ed|ing)?|love|like|hop(?:e|ing)|plan(?:ning)?|aim(?:ing)?|intend(?:ing)?|dream(?:ing|ed|t|s)?|think(?:ing)?|consider(?:ing)?|"
    r"look(?:ing)?|try(?:ing)?|decided|wish|interested|keen|need|ready|prefer|determined|rather|eager|going|tempted)"
    r"(?:\s+(?:to|of|about|in|on|for|into|at|maybe|possibly|eventually|someday|one day|instead))*\s+"
)
BECOME = (
    r"(?:(?:becom(?:e|ing)\s+|be(?:ing)?\s+(?=an?\s))|(?:get(?:ting)?|go(?:ing)?|break(?:ing)?|mov(?:e|ing)|switch(?:ing)?|transition(?:ing)?)\s+(?:over\s+|careers?\s+)?(?:in)to\s+|"
    r"(?:chang(?:e|ing)|switch(?:ing)?|transition(?:ing)?)\s+(?:careers?\s+|jobs?\s+)?to\s+|"
    r"(?:re)?train(?:ing)?\s+(?:as|to\s+be(?:come)?)\s+|work(?:ing)?\s+(?:as|in)\s+|start(?:ing)?\s+(?:out\s+)?(?:as|a\s+career\s+(?:in|as))\s+|"
    r"qualify(?:ing)?\s+as\s+|pursu(?:e|ing)\s+(?:a\s+career\s+(?:in|as)\s+)?|a\s+(?:new\s+)?(?:career|job|future)\s+(?:in|as)\s+|study(?:ing)?\s+to\s+be(?:come)?\s+)"
)
CONDITION = (
    r"(?:to\s+)?(?P<what>(?:work|study|earn|make|stay|travel|keep|be|train|learn)(?:ing)?\b[^,.;?]*?(?:home\b|remote(?:ly)?|part[- ]time|full[- ]time|evenings?|nights?|weekends?|"
    r"hours\b|outdoors|outside|my hands|animals|abroad|[$£€]\s?\d[\d,]*\s?k?(?:\s+(?:a|per|an)\s+\w+)?|locally|alone|mornings|(?:my|the)\s+(?:kids|children|family))"
    r"|(?:a\s+)?(?:fully\s+)?(?:remote|part[- ]time|flexible|home[- ]based|quiet|outdoor|night)\s+(?:\w+\s+)?(?:job|work|hours|schedule|position|role|career)s?"
    r"|something\s+(?:fully\s+|with\s+)?(?:remote|part[- ]time|flexible|from home)(?:\s+(?:hours|schedule))?(?:\s+from\s+home)?)"
)
