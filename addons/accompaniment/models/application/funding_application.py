"""An application to a funder: from the idea to the last report, alone or with partners."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.amounts import split_float
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from . import application_warnings, papers_archive
from .application_stages import GRANTED, PROBABILITIES, STAGES


class FundingApplication(models.Model):
    _name = "funding.application"
    _description = "Funding Application"
    _inherit = ["association.dated", "mail.thread", "mail.activity.mixin"]
    _order = "next_deadline, id desc"
    _check_company_auto = True

    name = fields.Char(string="Subject", required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Organisation",
        required=True,
        ondelete="restrict",
        index=True,
        help="Of a joint one: the lead.",
    )
    mission_id = fields.Many2one(
        "accompaniment.mission", check_company=True, index="btree_not_null", ondelete="set null"
    )
    funder_id = fields.Many2one("res.partner", string="Legal funder", required=True, ondelete="restrict", index=True)
    programme_id = fields.Many2one(
        "funding.programme", ondelete="restrict", index="btree_not_null", domain="[('partner_id', '=?', funder_id)]"
    )
    call = fields.Char(string="Call for projects")
    stage = fields.Selection(STAGES, required=True, default="spotted", index=True, tracking=True, group_expand=True)
    purpose = fields.Text(help="What it is for, as it is told to the funder.")
    date_from = fields.Date(string="From", help="Period that the grant is for; it may be several years.")
    date_to = fields.Date(string="To")
    writer_id = fields.Many2one(
        "res.users", string="Written by", default=lambda self: self.env.user, domain="[('share', '=', False)]"
    )
    reference = fields.Char(help="The funder's number.")
    account_id = fields.Many2one(
        "funding.account",
        string="Cerfa line",
        ondelete="restrict",
        domain=[("side", "=", "product"), ("is_in_kind", "=", False)],
        help="Where it stands in the funding plan.",
    )
    amount_asked = fields.Monetary(
        string="Asked",
        compute="_compute_amounts",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Of a joint application: the sum of its shares.",
    )
    amount_granted = fields.Monetary(
        string="Granted", compute="_compute_amounts", store=True, readonly=False, precompute=True, tracking=True
    )
    probability = fields.Float(compute="_compute_probability", store=True, readonly=False, precompute=True)
    amount_likely = fields.Monetary(string="Likely", compute="_compute_amount_likely", store=True, precompute=True)
    decided_on = fields.Date(tracking=True, help="Day of the funder's decision.")
    decision = fields.Text(help="What was decided, and why.")
    agreement_on = fields.Date(string="Agreement signed on")
    is_de_minimis = fields.Boolean(string="De minimis aid", help="The funder says so in its decision.")
    is_joint = fields.Boolean(string="Joint application")
    share_ids = fields.One2many("funding.share", "application_id", string="Partners", copy=True)
    deadline_ids = fields.One2many("funding.deadline", "application_id", string="Deadlines")
    next_deadline = fields.Date(compute="_compute_next_deadline", store=True, index=True)
    line_ids = fields.One2many("funding.line", "application_id", string="In the plans")
    claim_ids = fields.One2many("funding.claim", "application_id", string="Expenses")
    amount_justified = fields.Monetary(string="Justified", compute="_compute_justified")
    left_to_justify = fields.Monetary(compute="_compute_justified")
    paper_kind_ids = fields.Many2many(
        "funding.paper.kind", string="Papers asked", default=lambda self: self._default_paper_kinds()
    )
    paper_ids = fields.Many2many("funding.paper", compute="_compute_papers", string="Papers at hand")
    papers_missing = fields.Char(compute="_compute_papers", string="Papers missing or out of date")
    warnings = fields.Text(compute="_compute_warnings", compute_sudo=True)

    _not_negative = models.Constraint(
        "CHECK (amount_asked >= 0 AND amount_granted >= 0)", "What is asked and granted is not below 0."
    )
    _probability = models.Constraint("CHECK (probability BETWEEN 0 AND 1)", "A probability lies between 0 % and 100 %.")

    @api.model
    def _default_paper_kinds(self):
        return self.env["funding.paper.kind"].search([("is_usual", "=", True)])

    # ---- what follows ----

    @api.depends("is_joint", "share_ids.amount_asked", "share_ids.amount_granted")
    def _compute_amounts(self):
        for application in self:
            if application.is_joint and application.share_ids:
                application.amount_asked = sum(application.share_ids.mapped("amount_asked"))
                application.amount_granted = sum(application.share_ids.mapped("amount_granted"))
            else:
                application.amount_asked = application.amount_asked or 0
                application.amount_granted = application.amount_granted or 0

    @api.depends("stage")
    def _compute_probability(self):
        for application in self:
            application.probability = PROBABILITIES.get(application.stage, application.probability)

    @api.depends("amount_asked", "amount_granted", "probability", "stage")
    def _compute_amount_likely(self):
        for application in self:
            granted = application.stage in GRANTED or application.amount_granted
            likely = application.amount_granted if granted else application.amount_asked * application.probability
            application.amount_likely = application.currency_id.round(likely) if application.currency_id else likely

    @api.depends("deadline_ids.date", "deadline_ids.done_on")
    def _compute_next_deadline(self):
        for application in self:
            open_ones = application.deadline_ids.filtered(lambda deadline: not deadline.done_on)
            application.next_deadline = min(filter(None, open_ones.mapped("date")), default=False)

    @api.depends("claim_ids.amount", "amount_granted")
    def _compute_justified(self):
        for application in self:
            application.amount_justified = sum(application.claim_ids.mapped("amount"))
            left = application.amount_granted - application.amount_justified
            application.left_to_justify = max(application.currency_id.round(left), 0)

    @api.depends("paper_kind_ids", "partner_id", "share_ids.partner_id", "next_deadline")
    def _compute_papers(self):
        latest = self._get_latest_papers()
        for application in self:
            # While a form is edited, its rows stand for the saved ones that papers are kept by.
            partners, kinds = application._get_partners(), application.paper_kind_ids._origin
            found = [latest.get((partner, kind)) for partner in partners for kind in kinds]
            application.paper_ids = self.env["funding.paper"].union(*filter(None, found))
            application.papers_missing = ", ".join(application._list_missing_papers(latest)) or False

    def _get_partners(self):
        """Return the organisations whose papers are asked."""
        self.ensure_one()
        return (self.partner_id | self.share_ids.partner_id if self.is_joint else self.partner_id)._origin

    def _get_latest_papers(self):
        """Return {(organisation, kind): its latest paper} of all that these applications ask; one query."""
        return self.env["funding.paper"]._get_latest(self.partner_id | self.share_ids.partner_id, self.paper_kind_ids)

    def _get_missing_kinds(self, partner, latest):
        """Return the kinds of papers that a partner lacks, or has out of date by the next deadline.

        :param latest: {(organisation, kind): its latest paper}.
        """
        self.ensure_one()
        day = self.next_deadline or fields.Date.context_today(self)
        valid = {key for key, paper in latest.items() if not paper.valid_until or paper.valid_until >= day}
        return self.paper_kind_ids._origin.filtered(lambda kind: (partner, kind) not in valid)

    def _list_missing_papers(self, latest):
        """Return the names of what is missing; of several partners how many papers each lacks.

        Which ones stands beside each partner's share.

        :param latest: {(organisation, kind): its latest paper}.
        """
        partners = self._get_partners()
        missing = {partner: self._get_missing_kinds(partner, latest) for partner in partners}
        if len(partners) > 1:
            return [f"{partner.name} ({len(kinds)})" for partner, kinds in missing.items() if kinds]
        return [kind.name for kinds in missing.values() for kind in kinds]

    @api.depends(
        "amount_asked",
        "amount_granted",
        "is_de_minimis",
        "agreement_on",
        "decided_on",
        "stage",
        "account_id",
        "funder_id",
        "programme_id",
        "partner_id",
        "date_from",
        "date_to",
    )
    def _compute_warnings(self):
        for application in self:
            application.warnings = "\n".join(application_warnings.find(application)) or False

    # ---- what is refused ----

    @api.constrains("stage", "amount_granted")
    def _check_granted(self):
        for application in self:
            if application.stage in GRANTED and not application.amount_granted:
                stages = dict(self._fields["stage"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "“%(name)s” cannot be “%(stage)s” without an amount: enter what is granted first.",
                        name=application.name,
                        stage=stages[application.stage],
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if "writer_id" in vals:
            self.deadline_ids._schedule()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_granted(self):
        kept = self.filtered(lambda application: application.amount_granted)
        if kept:
            raise UserError(self.env._("Something was granted: %s. Close it instead.", ", ".join(kept.mapped("name"))))

    @api.onchange("programme_id")
    def _onchange_programme_id(self):
        self.funder_id = self.programme_id.partner_id or self.funder_id

    @api.onchange("is_joint", "partner_id")
    def _onchange_is_joint(self):
        """The organisation leads; what was asked so far is its share."""
        if self.is_joint and self.partner_id and not self.share_ids:
            values = {"partner_id": self.partner_id.id, "is_lead": True, "amount_asked": self.amount_asked}
            self.share_ids = [Command.create({**values, "amount_granted": self.amount_granted})]

    # ---- what people do ----

    def action_share_equally(self):
        """Share what is asked, and what is granted, equally between the partners, to the cent."""
        self.ensure_one()
        shares = self.share_ids
        if not (self.is_joint and shares):
            raise UserError(self.env._("Name the partners of the application first."))
        for name in ("amount_asked", "amount_granted"):
            parts = split_float(self[name], [1] * len(shares), self.currency_id.rounding)
            for share, part in zip(shares, parts, strict=True):
                share[name] = part
        return True

    def action_to_plans(self):
        """Put the application into the plans of its organisations, or bring their lines up to date."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        if not self.account_id:
            raise UserError(self.env._("Choose the line of the Cerfa on which it stands."))
        parts = self._get_parts()
        plans = self.env["funding.plan"].search(self._get_plans_domain(list(parts)))
        if not plans:
            raise UserError(
                self.env._("None of its organisations has a plan, not closed, of the application's period.")
            )
        lines = self.line_ids.grouped("plan_id")
        for plan in plans:
            values = self._prepare_line(*parts[plan.partner_id])
            if plan in lines:
                lines[plan].write(values)
            else:
                self.env["funding.line"].create({"plan_id": plan.id, "application_id": self.id, **values})
        return plans._get_records_action(name=self.env._("Funding plans"))

    def _get_parts(self):
        """Return {organisation: (asked, granted)}."""
        if not self.is_joint:
            return {self.partner_id: (self.amount_asked, self.amount_granted)}
        return {share.partner_id: (share.amount_asked, share.amount_granted) for share in self.share_ids}

    def _get_plans_domain(self, partners):
        domain = Domain("partner_id", "in", [partner.id for partner in partners]) & Domain("state", "!=", "closed")
        domain &= Domain("company_id", "=", self.company_id.id)
        if self.date_to:
            domain &= Domain("date_from", "<=", self.date_to)
        if self.date_from:
            domain &= Domain("date_to", ">=", self.date_from)
        return domain

    def _prepare_line(self, asked, granted):
        return {
            "account_id": self.account_id.id,
            "name": self.programme_id.name or self.name,
            "funder_id": self.funder_id.id,
            "programme_id": self.programme_id.id,
            "amount_asked": asked,
            "amount_planned": granted or asked,
            "amount_granted": granted,
            "probability": 0 if granted else self.probability,
            "is_joint": self.is_joint,
        }

    def action_download_papers(self):
        """Download the papers that the organisations have, in one archive, with the list of what is missing."""
        self.ensure_one()
        self.check_access("read")
        return self.env["association.spreadsheet"]._download_file(
            self.env._("Papers – %s.zip", self.name), papers_archive.make(self)
        )
