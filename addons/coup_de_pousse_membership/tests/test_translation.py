import re
from collections import defaultdict

import polib

from odoo.modules.module import get_module_path
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.translate import TranslationModuleReader

ADDON = "coup_de_pousse_membership"
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd]|<[^>]*>")
TAG = re.compile(r"<[^>]*>")
FIELD_TERMS = ("ir.model.fields,field_description", "ir.model.fields,help")
#: In French a no-break space stands before : ; ? ! » and after «, so that none begins a line.
BREAKABLE = re.compile(r" (?:[;?!»€]|:(?!\w))|« ")


@tagged("post_install", "-at_install")
class TestTranslation(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms([ADDON], ["fr_FR"], overwrite=True)
        entries = polib.pofile(f"{get_module_path(ADDON)}/i18n/fr.po")
        cls.french = {entry.msgid: entry.msgstr for entry in entries if not entry.fuzzy}

    def test_every_term_has_its_french(self):
        """Whatever is added to the addon is translated with it."""
        terms = defaultdict(set)
        for _addon, _kind, name, xmlid, source, *_ in TranslationModuleReader(self.env.cr, [ADDON]):
            if name not in FIELD_TERMS or self._declares_field(xmlid):
                terms[source].add(xmlid or name)
        self.assertGreater(len(terms), 600, "the addon's terms were not found")
        missing = {term: terms[term] for term in terms if not self.french.get(term, "").strip()}
        self.assertFalse(missing, f"{len(missing)} terms without French")

    def _declares_field(self, xmlid):
        """Tell the addon's fields from those that mixins give, which vary with what is installed."""
        record = self.env.ref(xmlid)
        field = self.env[record.model]._fields.get(record.name)
        return field is not None and ADDON in field._modules

    def test_placeholders_are_kept(self):
        """A lost %(name)s loses a value; an invented one breaks the sentence."""
        differing = {
            term: french
            for term, french in self.french.items()
            if sorted(PLACEHOLDER.findall(term)) != sorted(PLACEHOLDER.findall(french))
        }
        self.assertFalse(differing)

    def test_no_punctuation_begins_a_line(self):
        texts = (TAG.sub("", french) for french in self.french.values())
        breakable = [text for text in texts if BREAKABLE.search(text)]
        self.assertFalse(breakable)

    def test_menus_and_states_read_in_french(self):
        user = new_test_user(self.env, "secretaire", f"{ADDON}.group_membership_office", lang="fr_FR")
        env = self.env(user=user, context={"lang": user.lang})
        menus = {
            "menu_root": "Adhésions",
            "menu_overview": "À faire",
            "menu_members": "Adhérents",
            "menu_membership": "Adhésions",
            "menu_annual_figures": "Chiffres annuels",
            "menu_fees": "Cotisations",
            "menu_fee_grid": "Grilles d'adhésion",
            "menu_call": "Appels de cotisation",
            "menu_category": "Types d'adhérents",
            "menu_college": "Collèges",
        }
        self.assertEqual({name: env.ref(f"{ADDON}.{name}").sudo().name for name in menus}, menus)
        states = dict(env["association.member"]._fields["state"]._description_selection(env))
        self.assertEqual(states["member"], "À jour")
        self.assertEqual(states["former"], "Ancien adhérent")
        selection = env["association.membership"]._fields["admission"]._description_selection(env)
        self.assertEqual([label for _key, label in selection], ["Demande", "Admis", "Refusé"])

    def test_accounting_bears_its_name_in_every_language(self):
        """Whoever sets up the accounts, each reads their names in its own language."""
        company = self.env["res.company"].create({"name": "Réseau"})
        self.env["account.chart.template"].with_context(lang="fr_FR").try_loading(
            "generic_coa", company, install_demo=False
        )
        journal = company.membership_journal_id
        account = company.membership_income_account_id
        for lang, names in (
            ("en_US", ["Calls for fees", "Membership fees without counterpart"]),
            ("fr_FR", ["Appels de cotisation", "Cotisations sans contrepartie"]),
        ):
            records = journal.with_context(lang=lang), account.with_context(lang=lang)
            self.assertEqual([record.name for record in records], names)
