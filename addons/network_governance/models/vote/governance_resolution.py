"""Votes: what is decided, by which majority, who could vote when it was opened, and the result with its margin."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError, ValidationError

from . import counting, electorate, result_words
from .governance_majority_mixin import BASES

#: Fields that opening a vote freezes.
FROZEN = frozenset({"meeting_id", "rule_id", "kind", "ballot", "name", "text", "seats", "body_id", "tie"})
#: Fields that closing it freezes.
DECIDED = frozenset({"replaces_id", "teller_ids", "casting_vote", "item_id"})
#: Fields of the majority that a vote keeps as they were when it was opened.
MAJORITY = ("base", "numerator", "denominator", "over", "by_college", "casting")
SEQUENCE = "governance.decision"


class GovernanceResolution(models.Model):
    _name = "governance.resolution"
    _description = "Vote"
    _inherit = ["association.part", "governance.majority.mixin", "mail.thread"]
    _placed_by = frozenset({"meeting_id"})
    _order = "meeting_id desc, sequence, id"
    _rec_names_search = ["number", "name"]

    meeting_id = fields.Many2one(
        "governance.meeting", required=True, ondelete="restrict", index=True, check_company=True
    )
    company_id = fields.Many2one(related="meeting_id.company_id", store=True, index=True, precompute=True)
    decided_on = fields.Date(compute="_compute_decided_on", store=True, string="Decided on")
    item_id = fields.Many2one(
        "governance.agenda.item",
        string="Point of the agenda",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('meeting_id', '=', meeting_id)]",
        check_company=True,
    )
    sequence = fields.Integer(default=10)
    number = fields.Char(
        readonly=True, copy=False, index="btree_not_null", help="In the register of decisions, without holes."
    )
    name = fields.Char(string="Subject", required=True, tracking=True)
    text = fields.Html(string="What is decided")
    kind = fields.Selection([("decision", "Decision"), ("election", "Election")], required=True, default="decision")
    ballot = fields.Selection(
        [
            ("hands", "Show of hands: totals"),
            ("names", "By name: who voted what"),
            ("secret", "Secret, counted by tellers"),
            ("server", "Secret, on the server Belenios"),
        ],
        string="How one votes",
        required=True,
        default="hands",
        help="Of a secret vote only totals are kept: nothing here tells who voted what.",
    )
    rule_id = fields.Many2one(
        "governance.majority.rule",
        string="Majority",
        required=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env["governance.majority.rule"].search([], limit=1),
    )
    teller_ids = fields.Many2many("res.partner", string="Tellers")
    casting_vote = fields.Selection([("yes", "For"), ("no", "Against")], string="Chair's casting vote")
    state = fields.Selection(
        [("draft", "In preparation"), ("open", "Vote open"), ("closed", "Closed"), ("withdrawn", "Withdrawn")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    opened_at = fields.Datetime(string="Opened at", readonly=True, copy=False)
    closed_at = fields.Datetime(string="Closed at", readonly=True, copy=False)
    quorum = fields.Char(string="Quorum at the opening", readonly=True, copy=False)
    elector_ids = fields.One2many("governance.elector", "resolution_id", string="Electorate")
    tally_ids = fields.One2many("governance.tally", "resolution_id", string="Totals")
    present_voices = fields.Integer(string="Voices present or represented", readonly=True, copy=False)
    convened_voices = fields.Integer(string="Voices of all convened", readonly=True, copy=False)

    # The majority, as it was when the vote was opened.
    base = fields.Selection(BASES, readonly=True, copy=False)
    numerator = fields.Integer(readonly=True, copy=False)
    denominator = fields.Integer(readonly=True, copy=False)
    over = fields.Boolean(readonly=True, copy=False)
    by_college = fields.Selection(readonly=True, copy=False)
    casting = fields.Boolean(readonly=True, copy=False)

    # An election.
    body_id = fields.Many2one(
        "governance.body", string="Elects to", ondelete="restrict", index="btree_not_null", check_company=True
    )
    seats = fields.Integer(string="Seats to fill", default=1, required=True)
    tie = fields.Selection(
        [("none", "A further round"), ("eldest", "The eldest"), ("lot", "By lot")],
        string="Between equals",
        required=True,
        default="none",
    )
    candidate_ids = fields.One2many("governance.candidate", "resolution_id", string="Candidates", copy=True)
    mandate_ids = fields.One2many("governance.mandate", "resolution_id", string="Mandates given")

    # The result.
    result = fields.Selection(
        [("adopted", "Adopted"), ("refused", "Refused"), ("elected", "Elected"), ("tied", "A further round is needed")],
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    yes = fields.Integer(string="For", readonly=True, copy=False)
    no = fields.Integer(string="Against", readonly=True, copy=False)
    blank = fields.Integer(readonly=True, copy=False)
    abstain = fields.Integer(string="Abstentions", readonly=True, copy=False)
    needed = fields.Integer(string="Voices needed", readonly=True, copy=False)
    margin = fields.Integer(readonly=True, copy=False, help="Voices for beyond what was needed; below 0: missing.")
    sentence = fields.Text(string="For the minutes", readonly=True, copy=False)
    replaces_id = fields.Many2one(
        "governance.resolution",
        string="Replaces the decision",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('company_id', '=', company_id), ('number', '!=', False)]",
        check_company=True,
    )
    replaced_ids = fields.One2many("governance.resolution", "replaces_id", string="Replaced by")
    in_force = fields.Boolean(compute="_compute_in_force", search="_search_in_force", string="In force")
    commitment_ids = fields.One2many("association.commitment", "resolution_id", string="Commitments")

    _number_once = models.UniqueIndex("(company_id, number)", "There is a decision of this number already.")
    _seats = models.Constraint("CHECK (seats > 0)", "An election fills one seat at least.")
    _itself = models.Constraint("CHECK (replaces_id <> id)", "A decision does not replace itself.")
    _secret_has_no_names = models.Constraint(
        "CHECK (kind = 'decision' OR ballot <> 'names')",
        "An election is by show of hands, secret, or on the server: choose one of these.",
    )

    @api.depends("number", "name")
    def _compute_display_name(self):
        for resolution in self:
            resolution.display_name = " – ".join(filter(None, (resolution.number, resolution.name)))

    @api.depends("closed_at")
    def _compute_decided_on(self):
        for resolution in self:
            moment = resolution.closed_at
            resolution.decided_on = moment and resolution.meeting_id._in_own_time(moment).date()

    @api.depends("result", "replaced_ids.result")
    def _compute_in_force(self):
        for resolution in self:
            replaced = any(other.result == "adopted" for other in resolution.replaced_ids)
            resolution.in_force = resolution.result in ("adopted", "elected") and not replaced

    @api.model
    def _search_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        decided = ("result", "in", ("adopted", "elected"))
        replaced = ("replaced_ids", "any", [("result", "=", "adopted")])
        return ["&", decided, "!", replaced] if True in value else ["|", "!", decided, replaced]

    # ---- what is refused ----

    @api.constrains("item_id", "meeting_id")
    def _check_item(self):
        for resolution in self:
            if resolution.item_id and resolution.item_id.meeting_id != resolution.meeting_id:
                raise ValidationError(self.env._("Choose a point of this meeting's own agenda."))

    def write(self, vals):
        if FROZEN.intersection(vals):
            self._refuse_unless(
                "draft", self.env._("What is voted, and by which majority, is frozen once the vote is open")
            )
        if DECIDED.intersection(vals):
            self._refuse_decided()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_opened(self):
        self._refuse_unless("draft", self.env._("A vote that was opened is part of the meeting"))

    def _refuse_unless(self, state, why):
        """Raise a UserError for votes that are not in a state."""
        states = dict(self._fields["state"]._description_selection(self.env))
        for resolution in self:
            if resolution.state != state:
                raise UserError(
                    self.env._(
                        "%(why)s: “%(vote)s” is “%(state)s”.",
                        why=why,
                        vote=resolution.name,
                        state=states[resolution.state],
                    )
                )

    def _refuse_decided(self):
        """Raise a UserError for votes that are closed."""
        closed = self.filtered(lambda resolution: resolution.state == "closed")
        closed._refuse_unless("open", self.env._("It is decided"))

    # ---- the way of a vote ----

    def action_open(self):
        """Freeze who votes, with which voices, and by which majority."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        self._refuse_unless("draft", self.env._("It cannot be opened"))
        numbers = electorate.refuse(self)
        self._write_facts(
            {
                **{name: self.rule_id[name] for name in MAJORITY},
                **electorate.freeze(self),
                "state": "open",
                "opened_at": fields.Datetime.now(),
                "quorum": numbers,
            }
        )
        return True

    def action_close(self):
        """Count, and say the result; nothing changes any more."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        self._refuse_unless("open", self.env._("It cannot be closed"))
        values = counting.count(self)
        if values["result"] in ("adopted", "elected"):
            values["number"] = self._next_number()
        self._write_facts({**values, "state": "closed", "closed_at": fields.Datetime.now()})
        self._write_facts({"sentence": result_words.say(self)})
        return True

    def action_withdraw(self):
        """Withdraw a vote before it is closed: it decides nothing."""
        self.check_access("write")
        hold(self)
        self._refuse_decided()
        self._write_facts({"state": "withdrawn"})
        return True

    def action_all_yes(self):
        """Cast for whatever voices were not cast yet: “all for, except…”."""
        return self._cast_rest("yes")

    def action_all_abstain(self):
        """Count as abstaining whatever voices were not cast yet."""
        return self._cast_rest("abstain")

    def _cast_rest(self, choice):
        self.ensure_one()
        self.check_access("write")
        self._refuse_unless("open", self.env._("It takes no votes"))
        for left, electors in self.elector_ids.grouped("left").items():
            if left:
                for already, same in electors.grouped(choice).items():
                    same.write({choice: already + left})
        return True

    def action_electors(self):
        """Open the electorate: by name, to enter each vote; otherwise to see who could vote."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("network_governance.action_governance_elector")
        return {**action, "name": self.name, "domain": [("resolution_id", "=", self.id)]}

    def action_export_voters(self):
        """Download the electors as the voting server reads them."""
        self.ensure_one()
        return electorate.export(self)

    def action_read_result(self):
        """Open the dialog that takes the voting server's result."""
        self.ensure_one()
        self.check_access("write")
        return self.env["governance.tally.wizard"]._get_records_action(
            name=self.env._("Result of the voting server"),
            target="new",
            context={"default_resolution_id": self.id},
        )

    def action_seat(self):
        """Give the mandates of those elected, on the free seats of the body; the declaration follows by itself."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        mandates = counting.seat(self)
        return mandates._get_records_action(name=self.env._("Mandates given"))

    def action_commit(self):
        """Open a new commitment that follows from this decision."""
        self.ensure_one()
        self.check_access("read")
        return self.env["association.commitment"]._get_records_action(
            name=self.env._("Commitment"),
            context={
                "default_resolution_id": self.id,
                "default_name": self.name,
                "default_ladder": "recorded",
                "default_company_id": self.company_id.id,
            },
        )

    def _next_number(self):
        """Return the next number of the register of decisions: without holes, whoever closes at once."""
        company = self.company_id
        sequences = self.env["ir.sequence"].sudo().with_company(company)
        if not sequences.search_count([("code", "=", SEQUENCE), ("company_id", "=", company.id)]):
            hold(company)
            sequences.create(
                {
                    "name": self.env._("Register of decisions"),
                    "code": SEQUENCE,
                    "company_id": company.id,
                    "implementation": "no_gap",
                    "prefix": "%(range_year)s-",
                    "padding": 3,
                    "use_date_range": True,
                }
            )
        return sequences.next_by_code(SEQUENCE, sequence_date=company._get_own_today())
