"""The dialog that takes the result of the voting server."""

import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ...calculation.vote import belenios


class GovernanceTallyWizard(models.TransientModel):
    _name = "governance.tally.wizard"
    _description = "Result of the Voting Server"
    _inherit = ["association.dialog"]
    _rec_name = "resolution_id"

    resolution_id = fields.Many2one("governance.resolution", required=True)
    file = fields.Binary(required=True, attachment=False)
    filename = fields.Char()
    answers = fields.Text(compute="_compute_answers", string="Answers, in their order")

    def _compute_answers(self):
        for wizard in self:
            wizard.answers = "\n".join(wizard._get_answers())

    def _get_answers(self):
        """Return the answers that the question on the server has to have, in their order."""
        resolution = self.resolution_id
        if resolution.kind == "election":
            return [*resolution.candidate_ids.partner_id.mapped("name"), self.env._("Blank")]
        return [self.env._("For"), self.env._("Against"), self.env._("Blank")]

    def action_confirm(self):
        """Write the totals that the server counted."""
        self.ensure_one()
        resolution = self.resolution_id
        resolution.check_access("write")
        resolution._refuse_unless("open", self.env._("Totals are entered while it is open"))
        try:
            voices = belenios.read_result(base64.b64decode(self.file), len(self._get_answers()))
        except belenios.NoResult as problem:
            raise UserError(self._say(str(problem))) from problem
        if resolution.kind == "election":
            for candidate, count in zip(resolution.candidate_ids, voices, strict=False):
                candidate.voices = count
            votes = {"blank": voices[-1]}
        else:
            votes = dict(zip(("yes", "no", "blank"), voices, strict=True))
        if len(resolution.tally_ids) != 1:
            raise UserError(
                self.env._(
                    "Colleges are counted apart: hold one election on the server for each, and enter its totals here."
                )
            )
        resolution.tally_ids.write(votes)
        return True

    def _say(self, reason):
        """Return why a file cannot be used."""
        reasons = {
            "not_json": self.env._("This is no result of the server Belenios: choose its file “result.json”."),
            "no_result": self.env._("This file holds no result: wait until the trustees have decrypted it."),
            "large": self.env._("This file is too large for a result: choose the server's file “result.json”."),
            "shape": self.env._(
                "The result has other answers than expected. On the server the question has, in this order: %s.",
                ", ".join(self._get_answers()),
            ),
        }
        return reasons[reason]
