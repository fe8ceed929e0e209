"""What an association issues tax receipts for, and who signs them. Off until somebody has decided it."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...calculation.receipt.refusals import Setting


class ResCompany(models.Model):
    _inherit = "res.company"

    receipt_enabled = fields.Boolean(
        string="Tax receipts",
        help="Only a body of general interest may issue them (CGI art. 200 and 238 bis): who does so without a right "
        "to it pays the tax itself (art. 1740 A). Ask for a ruling if in doubt.",
    )
    receipt_individuals = fields.Selection(
        [("none", "None"), ("200", "Gifts: article 200"), ("199", "Unions: article 199 quater C")],
        string="To individuals",
        default="200",
        required=True,
    )
    receipt_978 = fields.Boolean(
        string="Also under article 978",
        help="Property tax (IFI): foundations and a few other bodies only.",
    )
    receipt_companies = fields.Boolean(string="To companies (article 238 bis)", default=True)
    receipt_per_gift = fields.Boolean(
        string="One for each gift of a company", default=True, help="Otherwise one for all its gifts of a year."
    )
    receipt_fees = fields.Boolean(
        string="For membership fees too",
        help="Only where nothing is given in return but the right to vote (BOI-IR-RICI-250-20): support reserved to "
        "members excludes it.",
    )
    receipt_quality = fields.Selection(
        [
            ("general_interest", "Body of general interest"),
            ("public_utility", "Association or foundation recognised as of public utility"),
            ("worship", "Association of worship, or of Alsace-Moselle"),
            ("foundation", "Corporate or university foundation"),
            ("endowment_fund", "Endowment fund"),
            ("union", "Union"),
            ("other", "Other"),
        ],
        string="Quality of the body",
        default="general_interest",
        required=True,
    )
    receipt_object = fields.Char(string="Object of the association", help="As its statutes say it; on each receipt.")
    receipt_rna = fields.Char(related="partner_id.rna", readonly=False, string="RNA number of the association")
    receipt_signatory = fields.Char(string="Signatory", help="Who signs: their name.")
    receipt_signatory_title = fields.Char(string="Their office", help="Treasurer, president…")
    receipt_signature = fields.Image(string="Signature", max_width=600, max_height=200)
    receipt_ruling = fields.Char(string="Ruling", help="Reference and day of the tax office's ruling, if there is one.")
    receipt_sequence_id = fields.Many2one("ir.sequence", readonly=True, copy=False)

    @api.constrains("receipt_enabled", "receipt_object", "receipt_signatory", "partner_id", "company_registry")
    def _check_receipts_complete(self):
        """Who issues receipts says what each of them must state."""
        for company in self.filtered("receipt_enabled"):
            partner = company.partner_id
            missing = [
                label
                for label, value in (
                    (self.env._("its object"), company.receipt_object),
                    (self.env._("who signs"), company.receipt_signatory),
                    (self.env._("its SIREN or its RNA number"), company.company_registry or partner.rna),
                    (self.env._("its address"), partner.street and partner.zip and partner.city),
                )
                if not value
            ]
            if missing:
                raise ValidationError(
                    self.env._(
                        "%(company)s cannot issue tax receipts yet. Missing: %(missing)s.",
                        company=company.name,
                        missing=", ".join(missing),
                    )
                )

    def _get_receipt_setting(self):
        """Return the :class:`Setting` of this association."""
        self.ensure_one()
        return Setting(
            on=self.receipt_enabled,
            individuals=self.receipt_individuals != "none",
            companies=self.receipt_companies,
            fees=self.receipt_fees or self.receipt_individuals == "199",
        )

    def _get_receipt_number(self, year):
        """Return the next number of a year's receipts: without a gap, whatever is undone or killed."""
        self.ensure_one()
        company = self.sudo()
        if not company.receipt_sequence_id:
            company.receipt_sequence_id = (
                self.env["ir.sequence"]
                .sudo()
                .create(
                    {
                        "name": self.env._("Tax receipts"),
                        "code": "association.tax.receipt",
                        "implementation": "no_gap",
                        "use_date_range": True,
                        "prefix": "%(range_year)s-",
                        "padding": 4,
                        "company_id": company.id,
                    }
                )
            )
        return company.receipt_sequence_id.next_by_id(fields.Date.to_date(f"{year}-12-31"))
