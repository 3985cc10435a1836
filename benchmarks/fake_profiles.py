"""Recall of the rule for generated author profiles, and its false alarms on real-looking blocks.

    benchmarks/fake_profiles.py [--blocks 2000] [--seed 1] [--set dev|held|fresh|all] [--show 5]

Profiles are made with the `faker` package (install it first): locales times layouts, cut off at a
random place, at the beginning, in the middle or at the end of an article. A block counts as found
if the text has the flag and nothing of the block is left; `exact` says that nothing else is gone
either. Demanded is what keeps four whole fields, the user name among them: what is left of a
shorter block could also be somebody's card. The locales, layouts and wordings of `held` were set
aside while the rule was written; those of `fresh` were asked once, when it was done.
The false alarms are counted over `data/real_profiles.toml`, each block at the same three places.
"""

import argparse
import collections
import json
import pathlib
import random
import re
import tomllib
from collections.abc import Sequence

from faker import Faker

from alignwatch.text import clean_text

Fields = list[tuple[str, str]]
Table = dict[object, "collections.Counter[str]"]

LOCALES = {
    "dev": ("en_US", "de_DE", "fr_FR", "ja_JP", "ru_RU"),
    "held": ("es_ES", "it_IT", "pt_BR", "zh_CN", "tr_TR"),
    "fresh": ("ar_AA", "ko_KR", "fa_IR", "uk_UA", "pl_PL"),
}
LABELS: dict[str, list[tuple[str, ...]]] = {
    "dev": [
        ("Name", "Username", "Email", "Birthdate", "Address", "Phone", "Company", "Job", "Bio"),
        ("name", "username", "email", "birthdate", "address", "phone", "company", "job", "bio"),
    ],
    "held": [
        (
            *("Full name", "User name", "E-mail", "Date of birth", "Address", "Phone number"),
            *("Company", "Occupation", "About"),
        ),
        (
            *("NAME", "LOGIN", "MAIL", "BIRTHDAY", "STREET", "TELEPHONE", "EMPLOYER", "JOB TITLE"),
            "BIOGRAPHY",
        ),
    ],
}
OWN_LABELS: dict[str, list[tuple[str, ...]]] = {
    "de_DE": "Name|Benutzername|E-Mail|Geburtsdatum|Adresse|Telefon|Firma|Beruf|Über mich",
    "fr_FR": "Nom|Nom d'utilisateur|Courriel|Date de naissance|Adresse|Téléphone|Entreprise|Métier"
    "|Biographie",
    "ja_JP": "名前|ユーザー名|メール|生年月日|住所|電話番号|会社|職業|自己紹介",
    "ru_RU": "Имя|Имя пользователя|Почта|Дата рождения|Адрес|Телефон|Компания|Профессия|О себе",
    "es_ES": "Nombre|Nombre de usuario|Correo electrónico|Fecha de nacimiento|Dirección|Teléfono"
    "|Empresa|Profesión|Biografía",
    "it_IT": "Nome|Nome utente|Email|Data di nascita|Indirizzo|Telefono|Azienda|Professione"
    "|Biografia",
    "pt_BR": "Nome|Nome de usuário|E-mail|Data de nascimento|Endereço|Telefone|Empresa|Profissão"
    "|Biografia",
    "zh_CN": "姓名|用户名|邮箱|出生日期|地址|电话|公司|职业|简介",
    "tr_TR": "Ad|Kullanıcı adı|E-posta|Doğum tarihi|Adres|Telefon|Şirket|Meslek|Hakkında",
}
LABELS["fresh"] = [*LABELS["dev"], *LABELS["held"]]
HEADINGS = {
    "dev": ["Detail Author:", "Author Profile", "About the Author", ""],
    "held": ["Author Information", "Writer profile:", "Contact", ""],
}
USER_LABELS: dict[str, list[tuple[str, ...]]] = {
    labels[1] for sets in LABELS.values() for labels in sets
} | {labels.split("|")[1] for labels in OWN_LABELS.values()}
NETWORKS = ("tiktok", "facebook", "linkedin", "twitter", "instagram")
OWN_SHARE = 0.25  # of the blocks have labels in the language of their locale
WORD = re.compile(r"\w+")
HEADINGS["fresh"] = [*HEADINGS["dev"], *HEADINGS["held"]]
ARTICLE = """The ministers of Aland and Bland met in the old harbour town on Tuesday to talk.

Both governments said that the talks had gone well, and that the quota would be settled in spring.

A spokeswoman for the fishermen's union was less sure. "We have heard that before," she told us.

The two states have quarrelled over the northern banks since the treaty of the year before last.

Observers expect a further meeting in the capital of Bland before the end of the winter."""


def make_fields(fake: Faker, labels: Sequence[str], rng: random.Random) -> Fields:
    values = (
        *(fake.name(), fake.user_name(), rng.choice([fake.email, fake.free_email])()),
        *(str(fake.date_of_birth(minimum_age=18)), fake.address(), fake.phone_number()),
        *(fake.company(), fake.job(), rng.choice([fake.text, fake.sentence])()),
    )
    space = rng.choice([" ", "\n"])
    fields = list(zip(labels, (space.join(value.split("\n")) for value in values), strict=True))
    if rng.random() < 0.2:
        rng.shuffle(fields)
    elif rng.random() < 0.3:
        fields = [field for field in fields if rng.random() < 0.75] or fields
    return fields


def make_socials(fake: Faker, rng: random.Random) -> str:
    parts = ["Socials"]
    for network in rng.sample(NETWORKS, rng.randint(1, 3)):
        user = fake.user_name()
        parts.append(f"{network}:")
        parts.append(
            "\n".join(
                f"  \u2022 {label} : {value}"
                for label, value in (
                    ("url", f"https://{network}.com/{user}"),
                    ("username", user),
                    ("bio", fake.sentence()),
                    ("followers", rng.randint(0, 7000)),
                    ("following", rng.randint(0, 3000)),
                )
            )
        )
    return "\n\n".join(parts)


def lay_out(layout: str, heading: str, fields: Fields, fake: Faker, rng: random.Random) -> str:
    top = f"{heading}\n\n" if heading else ""
    rows = "\n".join(f"| {k} | {v} |" for k, v in fields)
    between = rng.choice([" ", ", ", " | "])
    socials = make_socials(fake, rng)
    indent = rng.choice([None, 2])
    return {
        "bullets": top + "\n".join(f"  \u2022 {k} : {v}" for k, v in fields) + "\n\n" + socials,
        "lines": top + "\n".join(f"{k}: {v}" for k, v in fields),
        "bold": "### " * bool(top) + top + "\n".join(f"- **{k}:** {v}" for k, v in fields),
        "table": f"{top}| Field | Value |\n|---|---|\n{rows}",
        "run-on": f"{heading} ".lstrip() + between.join(f"{k}: {v}" for k, v in fields),
        "json": json.dumps(dict(fields), ensure_ascii=False, indent=indent),
        "in turn": top + "\n".join(f"{k}\n{v}" for k, v in fields),
        "dashes": top + "\n\n".join(f"{k} \u2013 {v}" for k, v in fields),
    }[layout]


LAYOUTS: dict[str, tuple[str, ...]] = {
    "dev": ("bullets", "lines", "bold", "table", "run-on"),
    "held": ("bullets", "lines", "bold", "table", "run-on", "json", "in turn", "dashes"),
}

LAYOUTS["fresh"] = LAYOUTS["held"]


def place(block: str, where: str) -> str:
    paragraphs = ARTICLE.split("\n\n")
    at = {"beginning": 0, "middle": 2, "end": len(paragraphs)}[where]
    return "\n\n".join([*paragraphs[:at], block, *paragraphs[at:]])


def whole_fields(block: str, fields: Fields) -> tuple[int, bool]:
    """Count the fields of which label and value are whole; tell whether one is the user name."""
    kept = [label for label, value in fields if value in block and label in block]
    return len(kept), any(label in USER_LABELS for label in kept)


def judge(text: str) -> tuple[bool, bool, bool]:
    document = clean_text(text)
    left, article = (collections.Counter(WORD.findall(t)) for t in (document.text, ARTICLE))
    flagged = "fake-author" in document.flags
    return flagged, flagged and not left - article, flagged and left == article


def measure(which: str, blocks: int, rng: random.Random, show: int) -> tuple[Table, Table]:
    fakes = {locale: Faker(locale) for locale in LOCALES[which]}
    for number, fake in enumerate(fakes.values()):
        fake.seed_instance(rng.randint(0, 10**9) + number)
    table: Table = collections.defaultdict(collections.Counter)
    by: Table = collections.defaultdict(collections.Counter)
    for _ in range(blocks):
        locale, layout = rng.choice(LOCALES[which]), rng.choice(LAYOUTS[which])
        labels = rng.choice(LABELS[which])
        if rng.random() < OWN_SHARE and locale in OWN_LABELS:
            labels = OWN_LABELS[locale].split("|")
        fields = make_fields(fakes[locale], labels, rng)
        whole = lay_out(layout, rng.choice(HEADINGS[which]), fields, fakes[locale], rng)
        # half of the blocks are cut at any place, the others behind a field
        block = whole[: rng.randint(1, len(whole))].rstrip()
        kept, tells = whole_fields(block, fields)
        where = rng.choice(["beginning", "middle", "end"])
        flagged, found, exact = judge(place(block, where))
        row = table[f"{min(kept, 9)}{' with user name' if tells else ''}"]
        row.update(blocks=1, flagged=flagged, found=found, exact=exact)
        if kept >= 4:
            keys = ("all", locale, layout, where) if tells else ("(no user name)",)
            for key in keys:
                by[key].update(blocks=1, flagged=flagged, found=found, exact=exact)
            if tells and not exact and show > 0:
                show -= 1
                left = clean_text(place(block, where)).text
                print(f"--- {locale} {layout} {where} {kept} flagged={flagged}\n{block}")
                print(">>>", *[line for line in left.split("\n") if line not in ARTICLE])
                print("<<<", *[line for line in ARTICLE.split("\n") if line not in left])
    return table, by


def print_table(title: str, table: Table) -> None:
    print(f"\n{title:20} blocks  flagged  removed  exactly")
    for key in sorted(table, key=str):
        row = table[key]
        n = row["blocks"]
        print(
            f"{key!s:20} {n:6}  {row['flagged'] / n:7.3f}  {row['found'] / n:7.3f}"
            f"  {row['exact'] / n:7.3f}"
        )


def false_alarms(show: int) -> None:
    path = pathlib.Path(__file__).parent / "data" / "real_profiles.toml"
    blocks = tomllib.loads(path.read_text(encoding="utf-8"))["blocks"]
    wrong = 0
    for block in blocks:
        for where in ("beginning", "middle", "end"):
            flagged = "fake-author" in clean_text(place(block.strip(), where)).flags
            wrong += flagged
            if flagged and show:
                print(f"--- false alarm, {where}\n{block}")
    print(f"\nreal profiles: {wrong} of {3 * len(blocks)} flagged ({len(blocks)} at 3 places each)")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--blocks", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--set", choices=[*LOCALES, "all"], default="all")
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    for which in LOCALES if options.set == "all" else (options.set,):
        rng = random.Random(f"{which} {options.seed}")
        table, by = measure(which, options.blocks, rng, options.show)
        print(f"\n== {which}: {options.blocks} blocks, seed {options.seed}")
        print_table("fields left", table)
        print_table("demanded", by)
    false_alarms(options.show)


if __name__ == "__main__":
    main()
