#!/usr/bin/env python3
"""Expand tools/import/offices/*.txt into persons.tsv, offices.tsv and office_holders.tsv of data/entities.

The source is written the way one would on paper: a state, an office, and its holders in order of time.

    = AZE Azerbaijan | Republic of Azerbaijan      a state; its name and long name fill the titles
    @ president                                    a standard office (table STANDARD below)
    Heydar Aliyev {p=Alirza oglu} 1993-10-10       holder and first day; last day = first day of the next line
    Ilham Aliyev {p=Heydar oglu; a=A, B} 2003-10-31
    @@ envoy | special_envoy | Special Envoy       an office of its own: key | role | titles; @@ = many holders at once
    = org:un the United Nations                    an organisation or group instead of a state

A line is NAME [{extras}] FROM [UNTIL]. Without UNTIL the next line of the office follows on; on the last line it means
"still in office". Dates are YYYY, YYYY-MM or YYYY-MM-DD, as exactly as they are known.
    Name      family name last; `~` joins the words of one family name; `^` before: family name first; `!`: one name only
    Name#tag  another person of the same name
    extras    f (woman), p=patronymic, a=alias, alias, c=COUNTRY (alpha-3 if not that of the block)
    % persons a block of people without an office: NAME {extras}

Checked: dates, order and overlap of tenures, unknown keys, one slug for one person, names met under two states.
Usage: build_offices.py [--check] [--names] [--source DIR] [--target DIR]
    --check   write nothing, fail when the files on disk differ
    --names   also print people met under two states and people whose names are nearly one (for the eye, no errors)
"""
import argparse
import pathlib
import re
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "tools/import/offices"
TARGET = ROOT / "data/entities"

# key -> (role, whose: state or gov, title templates)
STANDARD = {
    "president": ("head_of_state", "state", "President;President of {n};President of {o};Head of State"),
    "king": ("head_of_state", "state", "King;King of {n};His Majesty the King;Monarch"),
    "queen": ("head_of_state", "state", "Queen;Queen of {n};Her Majesty the Queen;Monarch"),
    "emir": ("head_of_state", "state", "Emir;Amir;Emir of {n};Emir of {o}"),
    "pm": ("head_of_government", "gov", "Prime Minister;Premier;Prime Minister of {n};Prime Minister of {o};Head of Government"),
    "chancellor": ("head_of_government", "gov", "Chancellor;Federal Chancellor;Chancellor of {n}"),
    "fm": ("foreign_minister", "gov",
           "Foreign Minister;Minister of Foreign Affairs;Minister for Foreign Affairs;Foreign Affairs Minister;"
           "Foreign Minister of {n};Minister of Foreign Affairs of {n};Minister of Foreign Affairs of {o}"),
    "dm": ("defence_minister", "gov",
           "Defence Minister;Defense Minister;Minister of Defence;Minister of Defense;Minister of National Defence;"
           "Minister of National Defense;Defence Minister of {n};Minister of Defence of {n}"),
    "im": ("interior_minister", "gov", "Interior Minister;Minister of the Interior;Minister of Internal Affairs;"
           "Interior Minister of {n}"),
    "finance": ("finance_minister", "gov", "Finance Minister;Minister of Finance;Finance Minister of {n}"),
    "nsa": ("national_security_adviser", "gov", "National Security Adviser;National Security Advisor"),
    "vp": ("deputy_head_of_state", "state", "Vice President;Vice-President;Vice President of {n}"),
    "speaker": ("speaker", "state", "Speaker;Speaker of Parliament;Speaker of the Parliament of {n};Parliament Speaker"),
    "army": ("chief_of_staff", "gov", "Chief of the General Staff;Chief of General Staff"),
    "cb": ("central_bank", "gov", "Governor of the Central Bank;Central Bank Governor;Governor of the Central Bank of {n}"),
    "un": ("ambassador_un", "gov", "Permanent Representative to the United Nations;Ambassador to the United Nations;"
           "Ambassador to the UN;UN Ambassador;Permanent Representative of {n} to the United Nations"),
    "mfaspox": ("spokesperson", "gov.mfa", "Foreign Ministry Spokesperson;Foreign Ministry Spokesman;"
                "Foreign Ministry Spokeswoman;Spokesperson of the Ministry of Foreign Affairs;Spokesperson of the Foreign Ministry"),
    "spox": ("spokesperson", "gov", "Spokesperson;Spokesman;Spokeswoman;Government Spokesperson"),
}
LONG_KEYS = {"fm": "foreign-minister", "dm": "defence-minister", "im": "interior-minister", "pm": "prime-minister",
             "vp": "vice-president", "nsa": "national-security-adviser", "finance": "finance-minister",
             "cb": "central-bank-governor", "un": "un-ambassador", "army": "chief-of-general-staff",
             "mfaspox": "mfa-spokesperson", "spox": "spokesperson"}
ROLES = {v[0] for v in STANDARD.values()} | {
    "secretary_general", "special_envoy", "leader", "deputy_minister", "minister", "director_general",
    "chairperson", "commissioner", "high_commissioner", "high_representative", "governor", "military_commander",
    "chief_of_presidential_staff", "intelligence_chief", "religious_head", "deputy_head_of_government", "mediator",
    "trade_minister", "ambassador", "mission_head", "security_council_secretary", "judge", "prosecutor"}
# role -> the class of titles.tsv under which a text names its holder
CLASSES = {
    "leader": "leader", "secretary_general": "igo_head", "director_general": "igo_head", "chairperson": "igo_head",
    "commissioner": "igo_head", "high_commissioner": "igo_head", "high_representative": "igo_head",
    "special_envoy": "envoy", "mediator": "envoy", "mission_head": "envoy", "ambassador_un": "ambassador",
    "military_commander": "military", "chief_of_staff": "military", "intelligence_chief": "intelligence",
    "religious_head": "religious", "governor": "local", "chief_of_presidential_staff": "senior_official",
    "security_council_secretary": "senior_official", "deputy_minister": "senior_official",
    "trade_minister": "minister", "prosecutor": "judicial", "judge": "judicial"}
SWAPPED_ORDER = {"JPN", "HUN"}  # people also written family name first in English texts
FOLD = str.maketrans({"ə": "a", "Ə": "A", "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
                      "þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "ß": "ss", "œ": "oe", "Œ": "Oe", "’": "'", "ʻ": "'", "ʼ": "'",
                      "ŋ": "n", "ħ": "h", "Ħ": "H"})
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

errors = []


def fail(where, text):
    errors.append(f"{where}: {text}")


def ascii_form(text):
    """The plain ASCII spelling of a Latin-script name; other scripts come back unchanged."""
    folded = unicodedata.normalize("NFD", text.translate(FOLD))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return plain if plain.isascii() else text


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", ascii_form(text).replace("'", "").lower()).strip("-")


def first_day(date):
    return tuple(int(p) for p in (date + "-01-01").split("-")[:3])


def last_day(date):
    parts = [int(p) for p in date.split("-")]
    return tuple(parts + [12, 31][len(parts) - 1:])


def check_date(where, date):
    if not DATE.match(date):
        fail(where, f'"{date}" is not a date (want YYYY, YYYY-MM or YYYY-MM-DD)')
        return False
    parts = [int(p) for p in date.split("-")]
    good = 1900 <= parts[0] <= 2027 and (len(parts) < 2 or 1 <= parts[1] <= 12)
    good = good and (len(parts) < 3 or 1 <= parts[2] <= MONTH_DAYS[parts[1] - 1])
    if good and parts[1:] == [2, 29]:
        good = parts[0] % 4 == 0
    if not good:
        fail(where, f'"{date}" is not a day of the calendar')
    return good


class Person:
    def __init__(self, where, name, tag):
        self.where, self.tag = where, tag
        self.gender, self.patronymic, self.aliases, self.country, self.blocks = "m", "", [], "", {}
        if name.startswith("!"):
            self.order, self.given, self.family = "mononym", "", name[1:].replace("~", " ")
            self.name = self.family
            return
        words = name.lstrip("^").split()
        if len(words) < 2:
            fail(where, f'"{name}": one word only; write !{name} if the person has one name')
            words = words * 2
        if name.startswith("^"):
            self.order, family, given = "family-given", words[0], words[1:]
        else:
            self.order, family, given = "given-family", words[-1], words[:-1]
        self.family, self.given = family.replace("~", " "), " ".join(given)
        self.name = " ".join(words).replace("~", " ")

    def all_aliases(self):
        out = list(self.aliases)
        if self.patronymic:
            full = [self.given, self.patronymic, self.family]
            if self.order == "family-given":
                full = [self.family, self.given, self.patronymic]
            out += [" ".join(full), f"{self.given} {self.patronymic}"]
        if self.country in SWAPPED_ORDER and self.order == "given-family":
            out.append(f"{self.family} {self.given}")
        if self.order == "family-given":
            if "-" in self.given:
                out.append(f"{self.family} {self.given.replace('-', ' ')}")
            elif self.country in ("PRK", "KOR") and self.given.count(" ") == 1:
                a, b = self.given.split()
                out.append(f"{self.family} {a}-{b.lower()}")
        lowered = self.family.lower()
        for article in ("al-", "el-", "as-", "ash-", "ar-", "an-", "at-", "az-"):
            if lowered.startswith(article) and self.given and len(self.family) > len(article) + 2:
                out.append(f"{self.given} {self.family[len(article):]}")
        out += [ascii_form(a) for a in [self.name] + out]
        seen, unique = {self.name}, []
        for alias in out:
            alias = unicodedata.normalize("NFC", " ".join(alias.split()))
            if alias and alias not in seen:
                seen.add(alias)
                unique.append(alias)
        return unique


class Office:
    def __init__(self, where, key, of, role, titles, many, begin, end):
        self.where, self.id, self.of, self.role, self.titles = where, f"office:{key}", of, role, titles
        self.many, self.begin, self.end, self.terms = many, begin, end, []


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--source", type=pathlib.Path, default=SOURCE)
    parser.add_argument("--target", type=pathlib.Path, default=TARGET)
    options = parser.parse_args(argv)
    errors.clear()
    persons, offices = {}, {}
    block_id = country = name = official = ""
    office, people_only = None, False
    for path in sorted(options.source.glob("*.txt")):
        office, block_id = None, ""
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            line, where = unicodedata.normalize("NFC", raw.strip()), f"{path.name}:{number}"
            if not line or line.startswith("#"):
                continue
            if line.startswith("= "):
                head, _, rest = line[2:].partition(" ")
                names = [part.strip() for part in rest.split("|")]
                block_id, name, official = head, names[0], names[-1]
                country = head if re.match(r"[A-Z]{3}$", head) else ""
                if len(names) > 2:  # organisation or group with a home country
                    country, official = names[2], names[1]
                office, people_only = None, False
                if not country and ":" not in head:
                    fail(where, f'"{head}" is neither an alpha-3 code nor an id with a colon')
                continue
            if line.startswith("% persons"):
                office, people_only = None, True
                continue
            if line.startswith("@"):
                people_only = False
                many = line.startswith("@@")
                text = line.lstrip("@").strip()
                span = re.search(r"\[(\S*) (\S*)\]$", text)
                begin, end = span.groups() if span else ("", "")
                begin, end = begin.strip("-"), end.strip("-")
                text = text[:span.start()].strip() if span else text
                parts = [p.strip() for p in text.split("|")]
                key = parts[0]
                if len(parts) == 1:
                    if key not in STANDARD or not re.match(r"[A-Z]{3}$", block_id):
                        fail(where, f'"{key}" is no standard office of a state')
                        continue
                    role, whose, templates = STANDARD[key]
                    titles = templates
                else:
                    role, titles = parts[1], parts[2]
                    whose = STANDARD[key][1] if key in STANDARD else (parts[3] if len(parts) > 3 else "gov")
                    if role in ("head_of_state", "deputy_head_of_state", "speaker") and len(parts) < 4:
                        whose = "state"
                if role not in ROLES:
                    fail(where, f'unknown role "{role}"')
                if re.match(r"[A-Z]{3}$", block_id):
                    kind, _, body = whose.partition(".")
                    of = f"{kind}:{block_id}" + (f".{body}" if body else "")
                    stem = block_id
                else:
                    of, stem = block_id, block_id.split(":")[1]
                if ":" in whose:
                    of = whose
                filled = []
                for title in titles.split(";"):
                    title = title.strip().replace("{n}", name).replace("{o}", official)
                    if title and title not in filled:
                        filled.append(title)
                full_key = f"{stem}.{LONG_KEYS.get(key, key)}"
                for date in (begin, end):
                    if date:
                        check_date(where, date)
                office = Office(where, full_key, of, role, filled, many, begin, end)
                if office.id in offices:
                    fail(where, f"{office.id} was given before at {offices[office.id].where}")
                offices[office.id] = office
                continue
            match = re.match(r"([^{}]+?)\s*(?:\{([^{}]*)\})?\s*((?:\d{4}[-\d]*\s*){0,2})$", line)
            if not match or (office is None and not people_only):
                fail(where, f'cannot read "{line}"')
                continue
            who, extras, dates = match.group(1).strip(), match.group(2), match.group(3).split()
            bare, _, tag = who.partition("#")
            key = bare.lstrip("^!").replace("~", " ") + ("#" + tag if tag else "")
            if re.search(r"\d", bare):
                fail(where, f'digits in the name "{bare}"')
            person = persons.get(key)
            if person is None:
                person = persons[key] = Person(where, bare.strip(), tag)
            elif bare[0] in "^!" and person.order == "given-family":
                fail(where, f"{key} was written without {bare[0]} at {person.where}")
            for extra in (extras or "").split(";"):
                extra = extra.strip()
                label, _, value = extra.partition("=")
                if not extra:
                    continue
                if extra == "f":
                    person.gender = "f"
                elif label == "p":
                    person.patronymic = value.strip()
                elif label == "a":
                    person.aliases += [a.strip() for a in value.split(",") if a.strip()]
                elif label == "c" and re.match(r"[A-Z]{3}$", value):
                    person.country = value
                else:
                    fail(where, f'unknown extra "{extra}"')
            if country and not people_only:
                person.blocks.setdefault(country, where)
            if people_only:
                continue
            if not dates:
                fail(where, f'no date for "{who}"')
                continue
            if all([check_date(where, d) for d in dates]):
                office.terms.append((where, key, dates[0], dates[1] if len(dates) > 1 else None))

    # The country of a person: what was said, else the first state under which the name stands.
    for key, person in persons.items():
        if not person.country:
            if not person.blocks:
                fail(person.where, f"{key}: no country (write c=XXX)")
            else:
                person.country = next(iter(person.blocks))
        former = {"SUN", "YUG", "SCG", "CSK", "DDR", "RVN", "YMD"}
        other = [c for c in person.blocks if c != person.country and c not in former and person.country not in former]
        if other and options.names:
            print(f"note: {key}: {person.country} and {', '.join(other)} ({person.blocks[other[0]]})")

    slugs = {}
    for key, person in persons.items():
        person.id = "person:" + slug(person.name + (" " + person.tag if person.tag else ""))
        if person.id in slugs:
            fail(person.where, f"{key}: the slug {person.id} is taken by {slugs[person.id]}")
        slugs[person.id] = key

    rows = []
    for office in offices.values():
        if not office.terms:
            fail(office.where, f"{office.id} has no holder")
        terms = []
        for index, (where, key, begin, end) in enumerate(office.terms):
            if end is None and not office.many:
                end = office.terms[index + 1][2] if index + 1 < len(office.terms) else office.end
            end = end or ""
            if end and last_day(end) < first_day(begin):
                fail(where, f"{key} ends {end} before beginning {begin}")
            terms.append((where, key, begin, end))
            rows.append((office.id, persons[key].id, begin, end))
        if not office.many:
            for (_, _, _, end), (where, key, begin, _) in zip(terms, terms[1:]):
                if not end or last_day(begin) < first_day(end):
                    fail(where, f"{office.id}: {key} begins {begin} before the one before ends {end or '(open)'}")
    if len(set(rows)) != len(rows):
        for row in sorted(set(r for r in rows if rows.count(r) > 1)):
            fail(row[0], f"twice: {row}")

    # Transliteration twins: one family name and nearly one given name in one country.
    if options.names:
        by_family = {}
        for key, person in persons.items():
            by_family.setdefault((person.country, slug(person.family)), []).append(person)
        for group in by_family.values():
            for i, one in enumerate(group):
                for two in group[i + 1:]:
                    a, b = slug(one.given), slug(two.given)
                    if a[:3] == b[:3]:
                        print(f"note: twins? {one.name} ({one.where}) and {two.name} ({two.where})")

    if errors:
        print("\n".join(errors), file=sys.stderr)
        print(f"{len(errors)} errors", file=sys.stderr)
        return 1

    source = ("#: source   written for this project from general knowledge of public facts; open terms are as known in 2025\n"
              "#: licence  Apache-2.0\n#: made     tools/import/build_offices.py from tools/import/offices/*.txt; do not edit\n")
    files = {
        "persons.tsv": (
            "#: about    people who hold or held public office, with the forms their names take\n" + source +
            "#: columns  person\tname\tgiven\tpatronymic\tfamily\torder\tgender\tcountry\taliases\n",
            sorted("\t".join((p.id, p.name, p.given, p.patronymic, p.family, p.order, p.gender, p.country, ";".join(p.all_aliases())))
                   for p in persons.values())),
        "offices.tsv": (
            "#: about    public offices: of whom, in what role, under which English titles; holders one = one at a time, many = a body;\n"
            "#:          class = the class of titles.tsv\n" + source +
            "#: columns  office\tof\trole\ttitles\tfrom\tuntil\tholders\tclass\n",
            sorted("\t".join((o.id, o.of, o.role, ";".join(o.titles), o.begin, o.end, "many" if o.many else "one",
                              CLASSES.get(o.role, o.role))) for o in offices.values())),
        "office_holders.tsv": (
            "#: about    who held which office and when; dates as exact as known, until empty = still in office\n" + source +
            "#: columns  office\tperson\tfrom\tuntil\n",
            sorted("\t".join(r) for r in rows)),
    }
    stale = 0
    for filename, (header, lines) in files.items():
        text = header + "\n".join(lines) + "\n"
        target = options.target / filename
        if options.check:
            if not target.exists() or target.read_text(encoding="utf-8") != text:
                print(f"{filename} is not what the source gives; run tools/import/build_offices.py", file=sys.stderr)
                stale = 1
        else:
            options.target.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(persons)} persons, {len(offices)} offices, {len(rows)} terms")
    return stale


if __name__ == "__main__":
    sys.exit(main())
