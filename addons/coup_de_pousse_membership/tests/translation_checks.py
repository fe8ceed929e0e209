"""What every addon's French must hold: complete, with its placeholders, and readable."""

import re
from collections import defaultdict

import polib
from odoo.modules.module import get_module_path
from odoo.tools import file_open
from odoo.tools.translate import TranslationModuleReader, translation_file_reader

PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd]|<[^>]*>")
TAG = re.compile(r"<[^>]*>")
FIELD_TERMS = ("ir.model.fields,field_description", "ir.model.fields,help")
#: In French a no-break space stands before : ; ? ! » and after «, so that none begins a line.
BREAKABLE = re.compile(r" (?:[;?!»€]|:(?!\w))|« ")


class TranslationChecks:
    """Mixin of a ``TransactionCase``.

    :cvar ADDON: the addon's name.
    :cvar LEAST_TERMS: fewer terms than this mean that they were not found.
    """

    ADDON = None
    LEAST_TERMS = 100
    # Odoo runs a class's own tests only, unless told otherwise.
    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms([cls.ADDON], ["fr_FR"], overwrite=True)
        path = f"{get_module_path(cls.ADDON)}/i18n/fr.po"
        cls.french = {entry.msgid: entry.msgstr for entry in polib.pofile(path) if not entry.fuzzy}
        with file_open(path, "rb") as file:
            cls.loaded = {cls.place(**entry) for entry in translation_file_reader(file, module=cls.ADDON)}

    @staticmethod
    def place(src, type, name, module=None, imd_name=None, **_rest):  # noqa: A002 (the reader's own key)
        """Return where a term is read. Of code only that it is: the file names one place for all."""
        return (src, "code") if type == "code" else (src, f"{type}:{name}:{module}.{imd_name}")

    def test_every_term_has_its_french(self):
        """Whatever is added to the addon is translated with it."""
        terms = defaultdict(set)
        for _addon, _kind, name, xmlid, source, *_ in TranslationModuleReader(self.env.cr, [self.ADDON]):
            if name not in FIELD_TERMS or self._declares_field(xmlid):
                terms[source].add(xmlid or name)
        self.assertGreater(len(terms), self.LEAST_TERMS, "the addon's terms were not found")
        missing = {term: terms[term] for term in terms if not self.french.get(term, "").strip()}
        self.assertFalse(missing, f"{len(missing)} terms without French")

    def test_every_term_is_translated_where_it_is_read(self):
        """Odoo loads the French of a term only for the places that its entry names."""
        lost = defaultdict(set)
        for _addon, kind, name, place, source, *_ in TranslationModuleReader(self.env.cr, [self.ADDON]):
            if name not in FIELD_TERMS or self._declares_field(place):
                where = "code" if kind == "code" else f"{kind}:{name}:{place}"
                if (source, where) not in self.loaded:
                    lost[source].add(where)
        self.assertFalse(
            lost,
            f"{len(lost)} terms show in English: run ./cdp shell < launcher/inside/refresh_translations.py",
        )

    def _declares_field(self, xmlid):
        """Return whether the addon declares the field; those that mixins give vary with what is installed."""
        record = self.env.ref(xmlid)
        field = self.env[record.model]._fields.get(record.name)
        return field is not None and self.ADDON in field._modules

    def test_placeholders_are_kept(self):
        """A lost %(name)s loses a value; an invented one breaks the sentence."""
        differing = {
            term: french
            for term, french in self.french.items()
            if sorted(PLACEHOLDER.findall(term)) != sorted(PLACEHOLDER.findall(french))
        }
        self.assertFalse(differing)

    def test_spaces_at_the_ends_are_kept(self):
        """A unit that loses its space is glued to its number: “5ans”."""
        lines = {term: french for term, french in self.french.items() if term and "\n" not in term}
        glued = [
            french
            for term, french in lines.items()
            if (term[0] == " " and not french[0].isspace()) or (term[-1] == " " and not french[-1].isspace())
        ]
        self.assertFalse(glued)

    def test_no_punctuation_begins_a_line(self):
        texts = (TAG.sub("", french) for french in self.french.values())
        breakable = [text for text in texts if BREAKABLE.search(text)]
        self.assertFalse(breakable)
