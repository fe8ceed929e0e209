"""The addon in French."""

from odoo.tests import TransactionCase, new_test_user, tagged

from .translation_checks import TranslationChecks

ADDON = "coup_de_pousse_membership"


@tagged("post_install", "-at_install")
class TestTranslation(TranslationChecks, TransactionCase):
    ADDON = ADDON
    LEAST_TERMS = 600

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

    def test_what_is_created_is_said_in_words_that_suit_any_gender(self):
        partner = self.env["res.partner"].create({"name": "Nouvelle"})
        member = self.env["association.member"].with_context(lang="fr_FR").create({"partner_id": partner.id})
        self.assertEqual(member._creation_message(), "Fiche adhérent\N{NO-BREAK SPACE}: création")
        self.assertEqual(partner.with_context(lang="fr_FR")._creation_message(), "Contact créé", "Odoo's own")

    def test_accounting_bears_its_name_in_every_language(self):
        """Whoever sets up the accounts, each reads their names in its own language."""
        company = self.env["res.company"].create({"name": "Réseau"})
        company.partner_id.lang = "fr_FR"
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
        methods = self.env["account.payment.method.line"].search([("journal_id.company_id", "=", company.id)])
        self.assertEqual(set(methods.mapped("name")), {"Paiement manuel"})
