r"""Compare a database before and after an upgrade: what a change of the addons' files alone must leave as it was.

usage: compare.py BEFORE AFTER [CONTROL]     (as libpq understands them: "dbname=x port=5433", a URL…; PGHOST and
                                              the like count. Run it with .cdp/venv/bin/python)

The upgrade itself is not done here. Make AFTER a copy of BEFORE and update the addons in it:

    psql -c "CREATE DATABASE after TEMPLATE before"
    cp -a filestore/before filestore/after
    python -c "import odoo.cli; odoo.cli.main()" -c odoo.conf -d after --stop-after-init \
        -u coup_de_pousse_membership,accompaniment,network_governance
    tests/upgrade/compare.py dbname=before dbname=after

Compared are: extensions, views, functions, triggers, sequences by name; each table's columns (type, null, default),
comments, constraints and indexes, by their definitions; each row of each table, whatever their order, column by
column. So xml-ids (ir_model_data) and translations (jsonb) are compared as all else is. What an upgrade rightly
touches is left out, each with its reason, in LEFT_OUT. Prints what differs, and exits with 1 if anything does.

CONTROL is one more copy of BEFORE, in which the addons of the version that made it were updated. What differs there
in the same way is the doing of any upgrade (Odoo loads translations in another order, for example), not of the
change of the addons: it is counted, and left out.
"""

import json
import re
import sys
from collections import Counter

import psycopg2
from lxml import etree
from psycopg2 import sql

SHOWN = 20  # differences printed of each kind

#: Columns left out, whatever the table.
EVERYWHERE = {
    "write_date": "an upgrade writes its data records again, with the same values",
    "write_uid": "and it writes them as the superuser",
}
#: {table: (columns left out, condition of the rows left out, why)}
LEFT_OUT = {
    # The rows of an action's "view_ids" are written as (5, 0, 0), (0, 0, …): the same ones under new numbers.
    "ir_act_window_view": (("id", "create_date"), None, "each upgrade makes these rows anew: compared by content"),
    "ir_attachment": ((), "url LIKE '/web/assets/%'", "style sheets and programs put together from files, made anew"),
    "ir_config_parameter": ((), "key = 'coup_de_pousse.addons'", "digests of the addons' files, for the launcher"),
    "ir_cron_trigger": ((), "TRUE", "when the scheduler is to wake up next"),
    "ir_module_module": (("latest_version", "url"), None, "read from the manifest by each upgrade"),
    "ir_ui_view": (("arch_fs", "arch_prev"), None, "the file that a view comes from, and what it was before last"),
    "orm_signaling_registry": ((), "TRUE", "tells other processes that something was upgraded"),
}
#: Objects of the database, each as a query that gives (name, definition).
OBJECTS = {
    "extension": "SELECT extname, extversion FROM pg_extension",
    "view": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'",
    "function": """
        SELECT p.oid::regprocedure::text, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'public'
    """,
    "trigger": "SELECT tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    # Not how far it got: an "insert or update" of what is there already takes a number as well.
    "sequence": "SELECT sequencename, data_type || ' ' || increment_by FROM pg_sequences WHERE schemaname = 'public'",
    "table": "SELECT tablename, '' FROM pg_tables WHERE schemaname = 'public'",
    "column": """
        SELECT table_name || '.' || column_name,
               udt_name || coalesce('(' || character_maximum_length || ')', '') || ' null ' || is_nullable
                        || coalesce(' default ' || column_default, '')
        FROM information_schema.columns WHERE table_schema = 'public'
    """,
    "comment": """
        SELECT c.relname || coalesce('.' || a.attname, ''), d.description
        FROM pg_description d
        JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
    """,
    "constraint": """
        SELECT c.conrelid::regclass || '.' || c.conname, pg_get_constraintdef(c.oid)
        FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public'
    """,
    "index": "SELECT tablename || '.' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}


def normal_definition(text):
    """Return a definition without casts to text and brackets: PostgreSQL writes them anew when a dump is restored."""
    return re.sub(r"::(character varying|text)(\[\])?|[() ]", "", text)


def normal_views(value):
    """Return a view's text in each language without what its XML does not say: how lines are broken, comments."""
    return value and str({language: normal_xml(text) for language, text in json.loads(value).items()})


def normal_xml(text):
    """Return XML with one blank for any number of blanks and line ends, none between two tags; comments left out."""
    tree = etree.fromstring(text.encode(), etree.XMLParser(remove_comments=True))
    for node in tree.iter():
        parts = (node.text, node.tail)
        node.text, node.tail = (re.sub(r"\s+", " ", part) if part and part.strip() else None for part in parts)
        for name, value in node.attrib.items():
            node.attrib[name] = re.sub(r"\s+", " ", value).strip()
    return etree.tostring(tree, encoding="unicode")


#: {(table, column): what gives the form in which a value, as text, is compared}
NORMAL = {("ir_ui_view", "arch_db"): normal_views}


def compare_objects(before, after):
    """Yield a sentence for each object of the database that differs."""
    for kind, query in OBJECTS.items():
        old, new = dict(rows(before, query)), dict(rows(after, query))
        yield from (f"{kind} {name} is lost ({old[name]})" for name in sorted(old.keys() - new.keys()))
        yield from (f"{kind} {name} is new ({new[name]})" for name in sorted(new.keys() - old.keys()))
        for name in sorted(old.keys() & new.keys()):
            if normal_definition(old[name]) != normal_definition(new[name]):
                yield f"{kind} {name} was {old[name]!r} and is {new[name]!r}"


def compare_rows(before, after):
    """Yield ``(table, sentence)`` for each row that differs, and count the compared rows."""
    tables = [set(columns_of(database)) for database in (before, after)]
    for table in sorted(tables[0] & tables[1]):
        columns = [
            name
            for name in columns_of(before)[table]
            if name in columns_of(after)[table]
            and name not in EVERYWHERE
            and name not in LEFT_OUT.get(table, ((), None))[0]
        ]
        if columns:
            yield from ((table, sentence) for sentence in compare_table(before, after, table, columns))


def compare_table(before, after, table, columns):
    """Yield a sentence for each row of a table that differs."""
    kept = sql.SQL(", ").join(map(sql.Identifier, columns))
    condition = LEFT_OUT.get(table, ((), None))[1]
    where = sql.SQL(f"WHERE ({condition}) IS NOT TRUE" if condition else "")
    if "id" in columns:
        query = sql.SQL("SELECT id, md5(ROW({})::text) FROM {} {}").format(kept, sql.Identifier(table), where)
        old, new = dict(rows(before, query)), dict(rows(after, query))
        both = old.keys() & new.keys()
        differing = sorted(old.keys() - both), sorted(new.keys() - both), sorted(i for i in both if old[i] != new[i])
        was, now = (
            values(database, table, columns, keys + differing[2])
            for database, keys in ((before, differing[0]), (after, differing[1]))
        )
        yield from (f"row {key} is lost: {short(was[key])}" for key in differing[0])
        yield from (f"row {key} is new: {short(now[key])}" for key in differing[1])
        for key in differing[2]:
            sentences = [change(table, name, was[key][name], now[key][name]) for name in columns]
            if any(sentences):
                yield f"row {key}: " + "; ".join(filter(None, sentences))
        return
    query = sql.SQL("SELECT ROW({})::text FROM {} {}").format(kept, sql.Identifier(table), where)
    old, new = Counter(rows(before, query)), Counter(rows(after, query))
    yield from (f"row {short(row)} is lost ({count} times)" for (row,), count in sorted((old - new).items()))
    yield from (f"row {short(row)} is new ({count} times)" for (row,), count in sorted((new - old).items()))


def change(table, column, was, now):
    """Return how a value changed, from a little before where it did; None if it says the same."""
    if was != now and (table, column) in NORMAL:
        was, now = NORMAL[table, column](was), NORMAL[table, column](now)
    if was == now:
        return None
    common = (at for at, (one, other) in enumerate(zip(was or "", now or "", strict=False)) if one != other)
    start = max(next(common, 0) - 60, 0)
    return f"{column} was {short(was and was[start:])} and is {short(now and now[start:])}"


def values(database, table, columns, keys):
    """Return ``{id: {column: value as text}}`` of some rows."""
    texts = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in columns)
    query = sql.SQL("SELECT id, {} FROM {} WHERE id = ANY(%s)").format(texts, sql.Identifier(table))
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows(database, query, [list(keys)])}


def columns_of(database):
    """Return ``{table: its columns}``, asked once."""
    if not hasattr(columns_of, "known"):
        columns_of.known = {}
    if database not in columns_of.known:
        found = {}
        for table, column in rows(
            database,
            """SELECT c.table_name, c.column_name FROM information_schema.columns c
               JOIN pg_tables t ON t.tablename = c.table_name AND t.schemaname = c.table_schema
               WHERE c.table_schema = 'public' ORDER BY 1, 2""",
        ):
            found.setdefault(table, []).append(column)
        columns_of.known[database] = found
    return columns_of.known[database]


def rows(database, query, parameters=None):
    """Return the rows of a query."""
    with database.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


def short(value, length=160):
    """Return a value's text, cut."""
    text = str({k: v for k, v in value.items() if v is not None}) if isinstance(value, dict) else repr(value)
    return text if len(text) <= length else f"{text[:length]}…"


def differences(before, after):
    """Return ``[(where, sentence)]`` for all that differs."""
    found = [("objects", sentence) for sentence in compare_objects(before, after)]
    return found + list(compare_rows(before, after))


def main(arguments):
    """Compare two databases; return the exit status."""
    if len(arguments) not in (2, 3):
        sys.exit(__doc__)
    before, after, *control = (psycopg2.connect(name) for name in arguments)
    found = differences(before, after)
    usual = set(differences(before, *control)) if control else set()
    wrong = [difference for difference in found if difference not in usual]
    by_place = {}
    for place, sentence in wrong:
        by_place.setdefault(place, []).append(sentence)
    for place, sentences in by_place.items():
        print(f"{place}: {len(sentences)} differ", *(f"  {sentence}" for sentence in sentences[:SHOWN]), sep="\n")
        if len(sentences) > SHOWN:
            print(f"  … and {len(sentences) - SHOWN} more")
    tables = columns_of(before)
    count = sum(rows(before, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(t)))[0][0] for t in tables)
    aside = f" ({len(found) - len(wrong)} more that any upgrade makes)" if control else ""
    print(f"{len(tables)} tables with {count} rows compared: {len(wrong)} differences{aside}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
