"""Past grants, as authorities publish them: whose they are is certain, to be decided, or not known."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class FundingGrant(models.Model):
    _name = "funding.grant"
    _description = "Published Grant"
    _order = "year desc, amount desc, id"
    _rec_name = "beneficiary"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    import_id = fields.Many2one(
        "funding.grant.import", required=True, readonly=True, ondelete="cascade", index=True, check_company=True
    )
    line = fields.Integer(readonly=True)
    beneficiary = fields.Char(required=True, readonly=True, help="As it was published.")
    registry = fields.Char(string="SIREN / SIRET", readonly=True)
    rna = fields.Char(readonly=True)
    funder = fields.Char(readonly=True, help="As it was published.")
    funder_id = fields.Many2one("res.partner", string="Known as", readonly=True, index="btree_not_null")
    date = fields.Date(string="Decided on", readonly=True)
    year = fields.Integer(readonly=True, index=True, aggregator=None)
    amount = fields.Monetary(readonly=True)
    subject = fields.Char(readonly=True)
    scheme = fields.Char(readonly=True)
    nature = fields.Char(readonly=True)
    partner_id = fields.Many2one("res.partner", string="Organisation", index="btree_not_null", ondelete="restrict")
    proposed_partner_id = fields.Many2one("res.partner", string="Proposed", readonly=True)
    state = fields.Selection(
        [("found", "Found"), ("decide", "To decide"), ("unknown", "Not followed here"), ("refused", "Another one")],
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Selection(
        [
            ("shared", "Several organisations bear its SIREN"),
            ("name", "By its name alone"),
            ("number", "Its number bears another name here"),
        ],
        string="Why it is asked",
        readonly=True,
    )
    key = fields.Char(required=True, readonly=True)

    _once = models.UniqueIndex("(company_id, key)", "This grant is known already.")

    def action_accept(self):
        """The proposed organisation is the right one."""
        self.check_access("write")
        for partner, grants in self.filtered("proposed_partner_id").grouped("proposed_partner_id").items():
            grants._write_facts({"partner_id": partner.id, "state": "found"})
        return True

    def action_refuse(self):
        """The proposed organisation is another one."""
        self.check_access("write")
        self.filtered(lambda grant: grant.state == "decide")._write_facts({"state": "refused", "partner_id": False})
        return True

    @api.constrains("partner_id")
    def _check_state(self):
        """Whoever chooses an organisation by hand has decided."""
        for grant in self:
            if grant.partner_id and grant.state != "found":
                grant.sudo().state = "found"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_found(self):
        kept = self.filtered("partner_id")
        if kept:
            raise UserError(
                self.env._(
                    "These grants are known of organisations here: %s.", ", ".join(kept[:5].mapped("beneficiary"))
                )
            )
