"""Promises: who does what until when, and what proves that it was done."""

from odoo import api, fields, models


class AssociationCommitment(models.Model):
    """A promise: who does what, until when, and what proves that it was done.

    One table for every promise of the network. The addons that make promises (accompaniment,
    governance) add the link to what each comes from.
    """

    _name = "association.commitment"
    _description = "Commitment"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "deadline, id"
    _check_company_auto = True

    name = fields.Char(string="What is promised", required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, readonly=True
    )
    owner_id = fields.Many2one(
        "res.partner",
        string="Owner structure",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The organisation that promises.",
    )
    person_id = fields.Many2one(
        "res.partner",
        string="Person in charge",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_company', '=', False)]",
        help="Who sees to it in the organisation.",
    )
    deadline = fields.Date(tracking=True, help="Last day on which the promise is kept on time.")
    ladder = fields.Selection(
        [("informal", "Informal"), ("recorded", "Recorded"), ("signed", "Signed"), ("done", "Done")],
        string="Progress",
        required=True,
        default="informal",
        copy=False,
        index=True,
        tracking=True,
        help="Informal: said. Recorded: in minutes or in an action plan. Signed: by the structure. "
        "Done: proved by evidence.",
    )
    evidence = fields.Text(copy=False, help="What proves that it was done: a document, a link, a fact.")
    done_on = fields.Date(string="Done on", copy=False, tracking=True)
    note = fields.Text(string="Notes")
    kept_on_time = fields.Boolean(
        string="Kept on time",
        compute="_compute_kept_on_time",
        store=True,
        help="Done, on or before the deadline. Without a deadline, nothing is kept on time.",
    )
    is_overdue = fields.Boolean(
        string="Overdue",
        compute="_compute_is_overdue",
        search="_search_is_overdue",
        help="Not done, past its deadline.",
    )

    _done_is_proved = models.Constraint(
        "CHECK (ladder <> 'done' OR (owner_id IS NOT NULL AND deadline IS NOT NULL AND done_on IS NOT NULL "
        "AND TRIM(COALESCE(evidence, '')) <> ''))",
        "A commitment is done once it has an owner structure, a deadline, the day on which it was done and "
        "its evidence: fill in what is missing.",
    )
    _open_is_undated = models.Constraint(
        "CHECK (ladder = 'done' OR done_on IS NULL)",
        "A commitment with a day on which it was done is done: say so in its progress, or empty the day.",
    )
    # What a list of open commitments of an association looks for.
    _open_idx = models.Index("(company_id, deadline) WHERE ladder <> 'done'")

    @api.depends("ladder", "deadline", "done_on")
    def _compute_kept_on_time(self):
        for commitment in self:
            commitment.kept_on_time = (
                commitment.ladder == "done" and bool(commitment.deadline) and commitment.done_on <= commitment.deadline
            )

    @api.depends("ladder", "deadline")
    @api.depends_context("tz")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for commitment in self:
            commitment.is_overdue = (
                commitment.ladder != "done" and bool(commitment.deadline) and commitment.deadline < today
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = ["&", ("ladder", "!=", "done"), ("deadline", "<", fields.Date.context_today(self))]
        return overdue if True in value else ["!", *overdue]

    @api.onchange("ladder")
    def _onchange_ladder(self):
        if self.ladder == "done":
            self.done_on = self.done_on or fields.Date.context_today(self)
        else:
            self.done_on = False

    @api.onchange("person_id")
    def _onchange_person_id(self):
        """The person's organisation promises, unless somebody else was named."""
        if not self.owner_id and self.person_id.commercial_partner_id.is_company:
            self.owner_id = self.person_id.commercial_partner_id

    def write(self, vals):
        """Date what is done by a step of the ladder alone, and take the day back with the step."""
        if "ladder" in vals and "done_on" not in vals:
            if vals["ladder"] != "done":
                vals = {**vals, "done_on": False}
            elif not all(self.mapped("done_on")):
                vals = {**vals, "done_on": fields.Date.context_today(self)}
        return super().write(vals)
