"""The accounting of the calls: its journal, its accounts, its mention about VAT."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: Accounts of the French chart for non-profits (ANC 2018-06) that Odoo's chart lacks:
#: field of the company -> (code, type).
ACCOUNTS = {
    "membership_income_account_id": ("756100", "income"),
    "membership_income_counterpart_account_id": ("756200", "income"),
    "membership_waiting_account_id": ("487560", "liability_current"),
    "membership_gift_account_id": ("754100", "income"),
}


class ResCompany(models.Model):
    _inherit = "res.company"

    membership_journal_id = fields.Many2one(
        "account.journal",
        string="Journal of the calls",
        domain="[('type', '=', 'sale'), ('company_id', '=', id)]",
        check_company=True,
    )
    membership_income_account_id = fields.Many2one(
        "account.account", string="Fees without counterpart (7561)", check_company=True
    )
    membership_income_counterpart_account_id = fields.Many2one(
        "account.account", string="Fees with counterpart (7562)", check_company=True
    )
    membership_waiting_account_id = fields.Many2one(
        "account.account", string="Fees called, not yet received", check_company=True
    )
    membership_gift_account_id = fields.Many2one(
        "account.account", string="Gifts (7541)", check_company=True, help="Where a surplus that is given stands."
    )
    membership_income_recognition = fields.Selection(
        [("on_call", "When it is called"), ("on_receipt", "When it is received")],
        default="on_call",
        required=True,
        string="A fee is income",
        help="ANC 2018-06, art. 142-1. A fee is income when it is received; it is income as soon as "
        "it is called only if the association can, and would, sue for it.",
    )
    membership_payment_term_id = fields.Many2one(
        "account.payment.term", string="Payment term of the calls", check_company=True
    )
    membership_due_days = fields.Integer(
        string="Days to pay a call",
        default=30,
        required=True,
        help="So many days after its date a call is to be paid, unless a day or a payment term is chosen.",
    )
    membership_account_missing = fields.Boolean(
        compute="_compute_membership_account_missing",
        compute_sudo=True,
        help="The association has no bank account that its calls could ask to be paid into.",
    )
    membership_tax_regime = fields.Selection(
        [
            ("art_261_7_1", "Exempt: social, educational, cultural, sporting (CGI art. 261-7-1°)"),
            ("art_261_4_9", "Exempt: civic, union-type, philosophical (CGI art. 261-4-9°)"),
            ("art_293_b", "Not applicable: turnover exemption (CGI art. 293 B)"),
            ("out_of_scope", "Out of scope: nothing is given in return"),
            ("taxed", "Subject to VAT"),
        ],
        default="art_261_7_1",
        required=True,
        string="VAT on fees",
        help="Gives the mention on the calls. Taxes themselves are set on the fee's product.",
    )

    _membership_due_days_plausible = models.Constraint(
        "CHECK (membership_due_days BETWEEN 0 AND 366)", "A call is to be paid within 0 to 366 days."
    )

    @api.depends("partner_id.bank_ids")
    def _compute_membership_account_missing(self):
        for company in self:
            company.membership_account_missing = not company.partner_id.bank_ids

    def _get_call_due_date(self, invoice_date):
        """Return the last day to pay a call of a day; False where a payment term says it."""
        self.ensure_one()
        if not invoice_date or self.membership_payment_term_id:
            return False
        return fields.Date.add(invoice_date, days=self.membership_due_days)

    def action_view_membership_accounts(self):
        """Open the bank accounts of the association: the calls ask to be paid into the first one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Accounts to pay into"),
            "res_model": "res.partner.bank",
            "view_mode": "list,form",
            "domain": [("partner_id", "=", self.partner_id.id)],
            "context": {"default_partner_id": self.partner_id.id},
        }

    def _get_membership_tax_mention(self):
        """Return the sentence that the calls carry about VAT, in the language of the context."""
        self.ensure_one()
        return {
            "art_261_7_1": self.env._("VAT exemption, article 261-7-1° of the French tax code (CGI)."),
            "art_261_4_9": self.env._("VAT exemption, article 261-4-9° of the French tax code (CGI)."),
            "art_293_b": self.env._("VAT not applicable, article 293 B of the French tax code (CGI)."),
            "out_of_scope": self.env._("Membership fee outside the scope of VAT."),
        }.get(self.membership_tax_regime, "")

    def _check_membership_accounting(self):
        """Make sure that calls can be issued, or say what is missing."""
        for company in self:
            company.sudo()._ensure_membership_accounting()
            if not company.sudo().membership_journal_id:
                raise UserError(
                    self.env._(
                        "%(company)s has no chart of accounts yet: install one (Invoicing, "
                        "Configuration, Settings), then issue the calls again.",
                        company=company.name,
                    )
                )

    def _ensure_membership_accounting(self):
        """Give each company that has a chart of accounts what the calls need; add, never change."""
        fee = self.env.ref("coup_de_pousse_membership.product_membership_fee", raise_if_not_found=False)
        counterpart_fee = self.env.ref(
            "coup_de_pousse_membership.product_membership_fee_counterpart",
            raise_if_not_found=False,
        )
        for company in self.filtered("chart_template"):
            for name, (code, account_type) in ACCOUNTS.items():
                if not company[name]:
                    company[name] = company._find_or_create_account(code, account_type, name)
            if not company.membership_journal_id:
                company.membership_journal_id = company._find_or_create_membership_journal()
                company._name_payment_methods()
            for product, account in (
                (fee, company.membership_income_account_id),
                (counterpart_fee, company.membership_income_counterpart_account_id),
            ):
                product = product and product.with_company(company)
                if product and not product.property_account_income_id:
                    product.property_account_income_id = account

    def _find_or_create_account(self, code, account_type, name):
        """Return the account that a field of the company stands for.

        :param code: six digits; an account with fewer, or with others in place of the last zeros, is it too.
        :param name: the field.
        """
        self.ensure_one()
        accounts = self.env["account.account"].with_company(self)
        # Somebody may have created these accounts by hand, with more or fewer digits.
        found = accounts.search(
            [
                ("company_ids", "in", self.ids),
                ("code", "=like", f"{code.rstrip('0')}%"),
                ("account_type", "=", account_type),
            ],
            order="code",
            limit=1,
        )
        return found or self._create_named(
            accounts,
            {
                "code": code,
                "account_type": account_type,
                "company_ids": [fields.Command.link(self.id)],
            },
            lambda company: company._membership_account_label(name),
        )

    def _membership_account_label(self, name):
        labels = {
            "membership_income_account_id": self.env._("Membership fees without counterpart"),
            "membership_income_counterpart_account_id": self.env._("Membership fees with counterpart"),
            "membership_waiting_account_id": self.env._("Membership fees called, not yet received"),
            "membership_gift_account_id": self.env._("Gifts received"),
        }
        return labels[name]

    def _find_or_create_membership_journal(self):
        self.ensure_one()
        journals = self.env["account.journal"].with_company(self)
        domain = [("company_id", "=", self.id), ("code", "=", "COT"), ("type", "=", "sale")]
        return journals.search(domain, limit=1) or self._create_named(
            journals,
            {
                "code": "COT",
                "type": "sale",
                "company_id": self.id,
                "refund_sequence": True,
                "default_account_id": self.membership_income_account_id.id,
            },
            lambda company: company.env._("Calls for fees"),
        )

    def _name_payment_methods(self):
        """Give the methods of payment that still bear Odoo's English name the one of the association's language.

        Odoo keeps one name of each, in the language in which its chart of accounts was installed.
        """
        self.ensure_one()
        lang = self.partner_id.lang or self.env.lang or "fr_FR"
        lines = self.env["account.payment.method.line"].search([("journal_id.company_id", "=", self.id)])
        for line in lines:
            if line.name == line.payment_method_id.with_context(lang="en_US").name:
                line.name = line.payment_method_id.with_context(lang=lang).name

    def _get_entry_journal(self):
        """Return the general journal, in which miscellaneous entries are booked."""
        return self.env["account.journal"].search([("type", "=", "general"), ("company_id", "=", self.id)], limit=1)

    def _create_named(self, model, vals, label):
        """Create a record that bears its name in every installed language.

        :param label: function that returns the name, given this company in the language wanted.
        """
        # English is what a language installed later falls back on, whether it is in use or not.
        codes = {"en_US", *(code for code, _name in self.env["res.lang"].get_installed())}
        names = {code: label(self.with_context(lang=code)) for code in codes}
        record = model.create({**vals, "name": label(self)})
        record.update_field_translations("name", names)
        return record

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._ensure_membership_accounting()
        return companies
