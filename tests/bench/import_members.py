"""How long a list of members takes to preview and to write: ``./cdp shell < tests/bench/import_members.py``.

The list is made up: organisations with a number, an address, figures and two past years, as 20,000
lines (``LINES`` in the environment gives another number). Nothing stays: the transaction is undone.
``PROFILE=preview`` or ``PROFILE=write`` prints where the time goes instead.
"""

import base64
import cProfile
import os
import pstats
import random
import time

LINES = int(os.environ.get("LINES", "20000"))
#: What issue 3 asks for, in seconds, for 20,000 lines.
TARGETS = {"preview": 20, "write": 180}

KINDS = [
    "Amis",
    "Compagnie",
    "Club",
    "Maison",
    "Atelier",
    "Collectif",
    "Foyer",
    "Union",
    "Ligue",
    "Cercle",
    "Comité",
    "Jardins",
    "Théâtre",
    "Chorale",
]
PLACES = [
    "Port",
    "Marais",
    "Phare",
    "Coteau",
    "Canal",
    "Lac",
    "Quai",
    "Bourg",
    "Pré",
    "Moulin",
    "Bois",
    "Clocher",
    "Verger",
    "Estuaire",
    "Rivage",
    "Plateau",
]
WORDS = [
    "nord",
    "sud",
    "est",
    "ouest",
    "haut",
    "bas",
    "neuf",
    "vieux",
    "grand",
    "petit",
    "vert",
    "bleu",
    "rouge",
    "blanc",
    "clair",
    "libre",
    "vivant",
    "partagé",
]
ZIPS = (44000, 44100, 44600, 29200, 35000, 56000, 75011, 69003, 13001, 31000, 59000, 67000)


def siren(number):
    """Return a possible SIREN that begins with 5 and a number."""
    base = f"5{number:07}"
    for digit in range(10):
        doubled = [int(c) * (2 if place % 2 else 1) for place, c in enumerate(reversed(f"{base}{digit}"))]
        if sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0:
            return f"{base}{digit}"
    raise AssertionError


def make_list(count):
    """Return the bytes of a list."""
    draw = random.Random(3).choice  # noqa: S311
    header = "Nom;SIREN;Adresse;Code postal;Ville;Courriel;Téléphone;Date de création;Budget 2025;Bénévoles"
    lines = [f"{header};Cotisation 2024;Cotisation 2025"]
    for i in range(count):
        name = f"{draw(KINDS)} {draw(KINDS)} du {draw(PLACES)} {draw(WORDS)} {draw(WORDS)} {draw(PLACES)} {i % 7}"
        zip_code = draw(ZIPS) + i % 80 * 10
        lines.append(
            f"{name};{siren(i) if i % 4 else ''};{i % 200} rue du {draw(PLACES)};{zip_code};Ville {i % 97};"
            f"a{i}@exemple.fr;02{i:08};01/{1 + i % 12:02}/{1960 + i % 60};{1000 + i};{i % 80};"
            f"{'50' if i % 3 else ''};{'55' if i % 2 else ''}"
        )
    return "\n".join(lines).encode()


def measure(label, act):
    """Run one step; print its time, its queries, and how busy the machine was."""
    profile = cProfile.Profile() if os.environ.get("PROFILE") == label else None
    queries, start, cpu = env.cr.sql_log_count, time.perf_counter(), time.process_time()  # noqa: F821
    profile.runcall(act) if profile else act()
    env.flush_all()  # noqa: F821
    took, used = time.perf_counter() - start, time.process_time() - cpu
    count = env.cr.sql_log_count - queries  # noqa: F821
    print(
        f"{label}: {took:.1f} s ({used:.1f} s of processor, {count} queries); load {os.getloadavg()[0]:.1f}; "
        f"target for 20,000 lines: {TARGETS[label]} s"
    )
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)
        pstats.Stats(profile).sort_stats("cumtime").print_stats("coup_de_pousse")


record = env["association.member.import"].create(  # noqa: F821
    {"file": base64.b64encode(make_list(LINES)), "filename": "list.csv"}
)
measure("preview", record.action_preview)
print({status: record[f"{status}_count"] for status in ("create", "update", "decide", "refused", "skipped")})
record.action_create_undecided()
measure("write", record._write_if_unchanged)
assert record.state == "done", record.notice
env.cr.rollback()  # noqa: F821
