"""Write each addon's ``i18n/fr.po`` anew: today's terms, with where each is read, and the French kept.

usage: ./cdp shell < launcher/inside/refresh_translations.py

Odoo loads a translation only where its entry names the place that reads it, so an entry typed by
hand shows nothing until this has run. Terms without French are printed: give them theirs in the file.
"""

import io
from pathlib import Path

import odoo.addons
import polib
from odoo.tools.translate import TranslationModuleReader, trans_export

FIELD_TERMS = ("ir.model.fields,field_description", "ir.model.fields,help")


def own_addons(env):
    """Return {installed addon of this repository: its folder}."""
    launcher = "launcher/inside/refresh_translations.py"
    folders = (Path(path) for path in odoo.addons.__path__)
    ours = [folder for folder in folders if (folder.parent / launcher).exists()]
    names = set(env["ir.module.module"].search([("state", "=", "installed")]).mapped("name"))
    return {path.name: path for folder in ours for path in folder.iterdir() if path.name in names}


def declared_fields(env, addon):
    """Return the places of terms of fields that mixins give: they vary with what is installed."""
    foreign = set()
    for _addon, _kind, name, xmlid, *_rest in TranslationModuleReader(env.cr, [addon]):
        if name in FIELD_TERMS:
            record = env.ref(xmlid)
            field = env[record.model]._fields.get(record.name)
            if field is None or addon not in field._modules:
                foreign.add(f"model:{name}:{xmlid}")
    return foreign


def known_translations(path):
    """Return {term, its white space aside: French}: a file laid out anew needs no new French."""
    return {plain(entry.msgid): entry.msgstr for entry in polib.pofile(str(path))} if path.exists() else {}


def plain(term):
    """Return a term with its white space made even."""
    return " ".join(term.split())


def refresh(env, addon, folder):
    """Write one addon's file; return the terms that have no French yet."""
    path = folder / "i18n" / "fr.po"
    known = known_translations(path)
    buffer = io.BytesIO()
    trans_export("fr_FR", [addon], buffer, "po", env)
    fresh = polib.pofile(buffer.getvalue().decode(), wrapwidth=78)
    foreign = declared_fields(env, addon)
    for entry in list(fresh):
        # What demo data are called stands in them, in French.
        entry.occurrences = [
            (place, line) for place, line in entry.occurrences if place not in foreign and ".demo_" not in place
        ]
        if not entry.occurrences:
            fresh.remove(entry)
            continue
        entry.msgstr = known.get(plain(entry.msgid)) or entry.msgstr
    del fresh.metadata["POT-Creation-Date"], fresh.metadata["PO-Revision-Date"]
    fresh.metadata["Plural-Forms"] = "nplurals=2; plural=(n > 1);"
    path.parent.mkdir(exist_ok=True)
    fresh.save(str(path))
    return [entry.msgid for entry in fresh if not entry.msgstr]


for addon, folder in own_addons(env).items():  # noqa: F821 - given by the shell
    missing = refresh(env, addon, folder)  # noqa: F821
    print(f"{addon}: {len(missing)} terms without French")
    for term in missing:
        print(f"  {term!r}")
