#!/usr/bin/env python3
"""Checks hand-made gold (`*.gold.jsonl`) against the documents beside it.

    tools/check_gold.py [FILE.gold.jsonl ...]        (default: examples/*.gold.jsonl)

Gold names its spans by quoted text, not by numbers: `text` and, where the same text stands earlier in the document, `nth`. This script
sees to it that every line is JSON, that every quoted text is found (and as often as `nth` says), that `first` .. `last` pairs stand in this order, and that
enumerations hold only known values. It needs nothing but the standard library. Exit status: 0 clean, 1 faults, 2 cannot run.

What counts as the text of a document, white space folded to single blanks:
  .txt .md   the file as it is
  .html      the visible text of <body> in document order, navigation and footer included; without scripts, styles, comments; soft hyphens removed
  .eml       the decoded body; headers are left out

How occurrences are counted: case-sensitive and overlapping; pronouns, possessives and words of up to three characters only as whole words
(no letter or digit on either side), all else as plain substrings.
"""
import email
import email.policy
import glob
import html.parser
import json
import os
import re
import sys

EXTENSIONS = (".txt", ".md", ".html", ".eml")

FORMS = {"name", "office", "title", "patronymic", "demonym", "metonym", "acronym", "description", "pronoun", "possessive"}
GENRES = {"readout", "communique", "transcript", "briefing", "agency report", "monitoring report", "agreement", "speech",
          "interview", "statement", "other"}
PLOVER = {
    "AGREE": set(),
    "CONSULT": {"visit", "third-party", "multilateral", "phone"},
    "SUPPORT": set(),
    "CONCEDE": set(),
    "COOPERATE": set(),
    "AID": set(),
    "RETREAT": {"withdraw", "release", "return", "ease", "disarm", "ceasefire", "access", "resign"},
    "REQUEST": {"assist", "change", "yield", "meet"},
    "ACCUSE": {"disapprove", "investigate", "allege"},
    "REJECT": {"assist", "change", "yield", "meet"},
    "THREATEN": {"restrict", "ban", "political", "arrest", "relations", "expel", "territory", "violence"},
    "PROTEST": {"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"},
    "SANCTION": {"convict", "expel", "withdraw", "discontinue"},
    "MOBILIZE": {"troops", "weapons", "police", "militia"},
    "COERCE": {"seize", "restrict", "ban", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"},
    "ASSAULT": {"abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives", "suicide-attack",
                "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional"},
}
CONTEXTS = set("""military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal
reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic territory
peacekeeping health asylum migration disasters natural_resource environment technology terrorism cbrn cyber misinformation crime
corruption illegal_drugs trafficking humanitarian""".split())
STATUSES = {"happened", "ongoing", "habitual", "planned", "promised", "offered", "requested", "hoped", "conditional", "denied",
            "alleged", "refused"}
COMPARATORS = {"exact", "about", "more_than", "less_than", "at_least", "at_most", "almost", "none", "all", "many", "few"}
COMMITMENTS = {"pledge", "intention", "offer", "order", "request", "condition", "prohibition", "refusal", "expectation", "fulfilment"}
STRENGTHS = {"commits", "intends", "ready_to", "hopes", "expects", "obliged"}
AGREEMENTS = {"agreement", "statement", "communique", "convention", "resolution", "arrangement", "body"}
TOPICS = set("""transport-and-borders prisoners missing-and-remains humanitarian-access energy-and-transit peacekeeping delimitation
ceasefire trade-and-investment aid health heritage education-and-language memory elections sanctions arms nuclear migration
international-organisations rhetoric human-rights climate terrorism water maritime reconstruction security-cooperation
diplomatic-relations economy-and-finance mediation""".split())
TIMEX_TYPES = {"DATE", "TIME", "DURATION", "SET"}
QUOTE_TYPES = {"direct", "indirect", "mixed"}
POLARITIES = {"positive", "negative"}
ACTOR = re.compile(r"(state:[A-Z]{3}|(gov|mil):[A-Z]{3}(\.[a-z0-9-]+)?|people:([A-Z]{3}|[a-z0-9-]+)"
                   r"|(person|org|group|party|company|ngo|media):[a-z0-9]+(-[a-z0-9]+)*|\?)")
TIMEX_VALUE = re.compile(r"(P(\d+(\.\d+)?|X)?[A-Z]\S*|PT\S+|(PAST|PRESENT|FUTURE)_REF|[0-9X]{2,4}\S*|T\S+)")
CAMEO = re.compile(r"(0[1-9]|1[0-9]|20)\d{0,2}")
FIELDS = {
    "document": {"genre", "published", "publisher", "source_line", "title", "language", "place", "invented"},
    "turn": {"number", "speaker", "label", "introduced_by", "first", "last", "nth", "addressee"},
    "mention": {"text", "nth", "actors", "form", "person"},
    "quote": {"text", "first", "last", "nth", "type", "source", "cue", "addressee", "parent", "polarity"},
    "timex": {"text", "nth", "type", "value", "interval", "mod"},
    "figure": {"text", "nth", "value", "low", "high", "comparator", "unit", "counted", "as_of", "revises", "about"},
    "place": {"text", "nth", "name", "country"},
    "event": {"predicate", "nth", "source", "target", "plover", "plover_mode", "plover_context", "cameo", "status", "polarity", "date",
              "also"},
    "commitment": {"commitment_kind", "owed_by", "owed_to", "holder", "what", "nth", "strength", "condition", "deadline", "quantity",
                   "agreement"},
    "agreement": {"text", "nth", "name", "type", "parties", "date"},
    "topic": {"topic", "weight"},
}


def fold(text):
    """White space folded to single blanks."""
    return " ".join(text.split())


class VisibleText(html.parser.HTMLParser):
    """Collects the visible text of <body>; block elements stand apart, inline ones don't."""

    HIDDEN = {"script", "style", "template", "noscript"}
    BLOCK = set("""address article aside blockquote br button dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header
hr img input li main nav ol p pre section table td th time tr ul""".split()) - {"time"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.hidden, self.in_body = [], 0, False

    def handle_starttag(self, tag, attrs):
        if tag == "body":
            self.in_body = True
        if tag in self.HIDDEN:
            self.hidden += 1
        if tag in self.BLOCK:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        if tag in self.HIDDEN:
            self.hidden -= 1
        if tag in self.BLOCK:
            self.parts.append("\n")

    def handle_data(self, data):
        if self.in_body and not self.hidden:
            self.parts.append(data)


def document_text(path):
    """The text that gold is checked against; see the head of this file."""
    with open(path, "rb") as f:
        raw = f.read()
    if path.endswith(".html"):
        parser = VisibleText()
        parser.feed(raw.decode("utf-8"))
        return fold("".join(parser.parts).replace("\u00ad", ""))
    if path.endswith(".eml"):
        message = email.message_from_bytes(raw, policy=email.policy.default)
        return fold(message.get_body(("plain", "html")).get_content())
    return fold(raw.decode("utf-8"))


def find_doc(folder, stem):
    for extension in EXTENSIONS:
        if os.path.exists(os.path.join(folder, stem + extension)):
            return stem + extension
    raise FileNotFoundError(f"{folder}{stem}: no document beside the gold")


def short(text):
    return " " not in text and len(text) <= 3


def occurrences(text, part, whole_word):
    """Begins of `part` in `text`, in order."""
    found, at = [], text.find(part)
    while at >= 0:
        end = at + len(part)
        touched = (at > 0 and text[at - 1].isalnum()) or (end < len(text) and text[end].isalnum())
        if not (whole_word and touched):
            found.append(at)
        at = text.find(part, at + 1)
    return found


class Checker:
    def __init__(self, path):
        self.path = path
        folder, name = os.path.split(path)
        self.stem = name[: -len(".gold.jsonl")]
        self.text = document_text(os.path.join(folder, find_doc(folder, self.stem)))
        self.faults = 0
        self.line = 0
        self.invented = set()

    def fault(self, what):
        self.faults += 1
        print(f"{self.path}:{self.line}: {what}", file=sys.stderr)

    def among(self, row, field, allowed, needed=True):
        if field not in row:
            if needed:
                self.fault(f"{row['kind']}: no {field}")
        elif row[field] not in allowed:
            self.fault(f"{row['kind']}: {field} {row[field]!r} is not a known value")

    def found(self, field, quoted, nth=1, whole_word=False):
        if not isinstance(quoted, str) or quoted != fold(quoted) or not quoted:
            self.fault(f"{field}: {quoted!r} is empty or not folded")
            return -1
        places = occurrences(self.text, quoted, whole_word)
        if not isinstance(nth, int) or nth < 1 or nth > len(places):
            self.fault(f"{field}: {quoted!r} occurs {len(places)} times, nth is {nth}")
            return -1
        return places[nth - 1]

    def actors(self, row, field):
        value = row.get(field)
        if not isinstance(value, list):
            self.fault(f"{row['kind']}: {field} is not a list")
            return
        for actor in value:
            self.actor(actor)

    def actor(self, actor):
        if not isinstance(actor, str) or not ACTOR.fullmatch(actor):
            self.fault(f"actor {actor!r} is malformed")
        elif re.match(r"(state|gov|mil|people):X", actor) and "state:" + actor.split(":")[1][:3] not in self.invented:
            self.fault(f"actor {actor!r}: invented country not listed in the document row")

    def span(self, row, field="text"):
        whole = row.get("form") in ("pronoun", "possessive") or short(row[field])
        return self.found(field, row[field], row.get("nth", 1), whole)

    def pair(self, row):
        begin = self.found("first", row["first"], row.get("nth", 1))
        if begin >= 0 and self.text.find(row["last"], begin) < 0:
            self.fault(f"last: {row['last']!r} not found after first")

    def row(self, row):
        kind = row.get("kind")
        if kind not in FIELDS:
            self.fault(f"unknown kind {kind!r}")
            return
        for field in set(row) - FIELDS[kind] - {"kind"}:
            self.fault(f"{kind}: unknown field {field!r}")
        getattr(self, "check_" + kind)(row)

    def check_document(self, row):
        if self.line != 1:
            self.fault("document row is not the first")
        self.among(row, "genre", GENRES)
        self.invented = set(row.get("invented", {}))
        if "source_line" in row:
            self.found("source_line", row["source_line"])

    def check_turn(self, row):
        self.pair(row)
        self.actor(row["speaker"])
        self.actors(row, "addressee")
        for field in ("label", "introduced_by"):
            if field in row:
                self.found(field, row[field])

    def check_mention(self, row):
        self.span(row)
        self.among(row, "form", FORMS)
        self.actors(row, "actors")
        if not row.get("actors"):
            self.fault("mention without actors")
        if (row["form"] in ("pronoun", "possessive")) != ("person" in row) or row.get("person", 1) not in (1, 2, 3):
            self.fault("person goes with pronouns and possessives only")

    def check_quote(self, row):
        if "text" in row:
            self.span(row)
        else:
            self.pair(row)
        self.among(row, "type", QUOTE_TYPES)
        self.among(row, "polarity", POLARITIES, needed=False)
        self.actors(row, "source")
        self.actors(row, "addressee")
        if "cue" in row:
            self.found("cue", row["cue"])

    def check_timex(self, row):
        self.span(row)
        self.among(row, "type", TIMEX_TYPES)
        if not TIMEX_VALUE.fullmatch(row.get("value", "")):
            self.fault(f"timex value {row.get('value')!r}")

    def check_figure(self, row):
        self.span(row)
        self.among(row, "comparator", COMPARATORS)
        if row["comparator"] not in ("many", "few", "all", "none") and not {"value", "low", "high"} & set(row):
            self.fault(f"figure {row['text']!r} without a value")
        if "revises" in row:
            self.found("revises", row["revises"])

    def check_place(self, row):
        self.span(row)
        if "country" in row and not re.fullmatch("[A-Z]{3}", row["country"]):
            self.fault(f"country {row['country']!r}")

    def check_event(self, row):
        self.span(row, "predicate")
        self.actors(row, "source")
        self.actors(row, "target")
        self.among(row, "plover", PLOVER, needed=False)
        if "plover_mode" in row and row["plover_mode"] not in PLOVER.get(row.get("plover"), ()):
            self.fault(f"mode {row['plover_mode']!r} does not belong to {row.get('plover')}")
        for context in row["plover_context"]:
            if context not in CONTEXTS:
                self.fault(f"unknown context {context!r}")
        if not CAMEO.fullmatch(row["cameo"]):
            self.fault(f"cameo {row['cameo']!r}")
        self.among(row, "status", STATUSES)
        self.among(row, "polarity", POLARITIES)
        for other in row.get("also", []):
            self.found("also", other["text"], other.get("nth", 1), short(other["text"]))

    def check_commitment(self, row):
        self.span(row, "what")
        self.among(row, "commitment_kind", COMMITMENTS)
        self.among(row, "strength", STRENGTHS, needed=row["commitment_kind"] != "fulfilment")
        for field in ("owed_by", "owed_to"):
            self.actors(row, field)
        for field in ("condition", "quantity"):
            if field in row:
                self.found(field, row[field])
        if "deadline" in row:
            self.found("deadline", row["deadline"]["text"])

    def check_agreement(self, row):
        self.span(row)
        self.among(row, "type", AGREEMENTS)
        self.actors(row, "parties")

    def check_topic(self, row):
        self.among(row, "topic", TOPICS)
        self.among(row, "weight", {"primary", "secondary"})

    def run(self):
        seen = set()
        with open(self.path, encoding="utf-8") as f:
            for self.line, line in enumerate(f, 1):
                try:
                    row = json.loads(line)
                except ValueError as error:
                    self.fault(f"not JSON: {error}")
                    continue
                if line in seen:
                    self.fault("the same row twice")
                seen.add(line)
                try:
                    self.row(row)
                except KeyError as error:
                    self.fault(f"{row.get('kind')}: no {error}")
        return self.line


def main(paths):
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "examples")
    paths = paths or sorted(glob.glob(os.path.join(root, "*.gold.jsonl")))
    if not paths:
        print("no gold files", file=sys.stderr)
        return 2
    rows = faults = 0
    for path in paths:
        checker = Checker(path)
        rows += checker.run()
        faults += checker.faults
    print(f"{len(paths)} files, {rows} rows, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
