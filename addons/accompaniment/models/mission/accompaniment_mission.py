from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: Upper bounds of each band of employees (FTE), as the networks count them.
SIZES = [("none", 0), ("1", 2), ("3", 9), ("10", 49), ("50", None)]


class AccompanimentMission(models.Model):
    _name = "accompaniment.mission"
    _description = "Mission"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("prepared", "In preparation"),
            ("running", "Under way"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="prepared",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    scheme_id = fields.Many2one(
        "accompaniment.scheme", required=True, ondelete="restrict", index=True, check_company=True, tracking=True
    )
    kind = fields.Selection(
        [("individual", "Individual"), ("collective", "Collective")],
        required=True,
        default="individual",
        help="Individual: one organisation. Collective: several together.",
    )
    theme_ids = fields.Many2many("accompaniment.theme", string="Themes")
    context = fields.Html(help="Where the organisation stands, and what it asks for.")
    vision = fields.Html(help="The shared text that the mission leads to: vision, preamble of a charter…")
    lessons = fields.Html(help="Difficulties and errors as opportunities to learn.")

    # Whom it is for, and who does it.
    partner_id = fields.Many2one(
        "res.partner", string="Main beneficiary", required=True, ondelete="restrict", index=True, tracking=True
    )
    participant_ids = fields.One2many("accompaniment.participant", "mission_id", string="Participants", copy=True)
    beneficiary_count = fields.Integer(compute="_compute_beneficiary_count", string="Beneficiaries")
    referent_id = fields.Many2one(
        "res.users",
        string="Referent",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        ondelete="restrict",
        help="The adviser who answers for the mission.",
    )
    adviser_ids = fields.Many2many("res.users", string="Other advisers", help="They change the mission too.")
    consultant_ids = fields.Many2many(
        "res.partner", "accompaniment_mission_consultant_rel", string="Consultants", help="Without a user of their own."
    )
    steering_ids = fields.Many2many("res.partner", "accompaniment_mission_steering_rel", string="Steering committee")
    track_ids = fields.One2many("accompaniment.track", "mission_id", string="Tracks", copy=True)
    stake_ids = fields.One2many("accompaniment.stake", "mission_id", string="Stakes", copy=True)

    # Taken from the beneficiary when the mission starts: what it becomes later rewrites no count.
    territory_id = fields.Many2one(
        "association.territory",
        compute="_compute_profile",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    industry_id = fields.Many2one(
        "res.partner.industry",
        string="Sector",
        compute="_compute_profile",
        store=True,
        precompute=True,
        readonly=False,
    )
    size = fields.Selection(
        [
            ("none", "No employee"),
            ("1", "1 or 2 employees"),
            ("3", "3 to 9 employees"),
            ("10", "10 to 49 employees"),
            ("50", "50 employees or more"),
        ],
        compute="_compute_profile",
        store=True,
        precompute=True,
        readonly=False,
        help="From the beneficiary's latest yearly figures; empty: not known.",
    )

    date_from = fields.Date(string="Starts on", index=True, tracking=True, default=fields.Date.context_today)
    date_to = fields.Date(string="Ends on", tracking=True)
    closed_on = fields.Date(string="Closed on", readonly=True, copy=False)

    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The mission ends before it starts: change one of its two dates."
    )

    @api.depends("participant_ids.role")
    def _compute_beneficiary_count(self):
        for mission in self:
            mission.beneficiary_count = len(
                mission.participant_ids.filtered(lambda participant: participant.role == "beneficiary")
            )

    @api.depends("partner_id")
    def _compute_profile(self):
        sizes = self.partner_id._origin._get_accompaniment_sizes()
        for mission in self:
            partner = mission.partner_id
            mission.territory_id = partner.territory_id
            mission.industry_id = partner.industry_id
            mission.size = sizes.get(partner._origin.id)

    @api.onchange("scheme_id")
    def _onchange_scheme_id(self):
        if self.scheme_id and not self.phase_ids:
            self.phase_ids = [fields.Command.create(values) for values in self.scheme_id._prepare_phases()]

    @api.constrains("state", "date_from")
    def _check_started(self):
        for mission in self:
            if mission.state in ("running", "closed") and not mission.date_from:
                raise ValidationError(
                    self.env._("%(mission)s has no first day: enter it before it starts.", mission=mission.name)
                )

    @api.constrains("company_id", "scheme_id", "phase_ids")
    def _check_ceiling(self):
        for mission in self:
            ceiling = mission.scheme_id.ceiling
            if ceiling and mission.currency_id.compare_amounts(mission.price, ceiling) > 0:
                raise ValidationError(
                    self.env._(
                        "%(mission)s costs %(price)s; %(scheme)s pays no more than %(ceiling)s. Take days "
                        "off, lower the day rate, or choose another scheme.",
                        mission=mission.name,
                        price=mission.currency_id.format(mission.price),
                        scheme=mission.scheme_id.name,
                        ceiling=mission.currency_id.format(ceiling),
                    )
                )

    # ---- life ----

    @api.model_create_multi
    def create(self, vals_list):
        missions = super().create(vals_list)
        missions._open_analytic_accounts()
        missions._ensure_main_beneficiary()
        return missions

    def write(self, vals):
        res = super().write(vals)
        if "partner_id" in vals:
            self._ensure_main_beneficiary()
        return res

    def _open_analytic_accounts(self):
        plan, _others = self.env["account.analytic.plan"].sudo()._get_all_plans()
        missing = self.filtered(lambda mission: not mission.sudo().analytic_account_id)
        accounts = (
            self.env["account.analytic.account"]
            .sudo()
            .create(
                [
                    {
                        "name": mission.name,
                        "plan_id": plan.id,
                        "partner_id": mission.partner_id.id,
                        "company_id": mission.company_id.id,
                    }
                    for mission in missing
                ]
            )
        )
        for mission, account in zip(missing, accounts, strict=True):
            mission.sudo().analytic_account_id = account

    def _ensure_main_beneficiary(self):
        """The main beneficiary takes part as a beneficiary."""
        self.env["accompaniment.participant"].create(
            [
                {"mission_id": mission.id, "partner_id": mission.partner_id.id, "role": "beneficiary", "sequence": 1}
                for mission in self
                if mission.partner_id
                not in mission.participant_ids.filtered(lambda p: p.role == "beneficiary").partner_id
            ]
        )

    def copy_data(self, default=None):
        return [
            {**vals, "name": self.env._("%(name)s (copy)", name=mission.name)}
            if not (default or {}).get("name")
            else vals
            for mission, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_worked(self):
        worked = self.filtered(lambda mission: mission.sudo().day_ids)
        if worked:
            raise UserError(
                self.env._(
                    "Days were worked for %(names)s: cancel the mission instead of deleting it.",
                    names=", ".join(worked[:5].mapped("name")),
                )
            )

    def unlink(self):
        accounts = self.sudo().analytic_account_id
        res = super().unlink()
        accounts.filtered(lambda account: not account.line_ids).unlink()
        return res

    def action_start(self):
        self._move_to("running", ("prepared",))

    def action_close(self):
        self._move_to("closed", ("running",))
        self.closed_on = fields.Date.context_today(self)

    def action_cancel(self):
        self._move_to("cancelled", ("prepared", "running"))

    def action_reopen(self):
        self._move_to("prepared", ("cancelled",), otherwise="running")
        self.closed_on = False

    def _move_to(self, state, sources, otherwise=None):
        """Change the state of those in one of the source states; the others go to ``otherwise``.

        :raise UserError: if one is in no source state and there is no other way.
        """
        self.check_access("write")
        movable = self.filtered(lambda mission: mission.state in sources)
        rest = self - movable
        if rest and not otherwise:
            raise UserError(
                self.env._(
                    "%(names)s cannot go to this step from where it stands: open it and see its state.",
                    names=", ".join(rest[:5].mapped("name")),
                )
            )
        movable.write({"state": state})
        if rest:
            rest.write({"state": otherwise})
