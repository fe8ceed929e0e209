"""What a body is and how it works: the part of it that changes, and whose past is kept."""

from odoo import fields, models
from odoo.addons.coup_de_pousse_membership.models.common.optional_number import OptionalInteger

LEVELS = [
    ("national", "National"),
    ("regional", "Regional"),
    ("departmental", "Departmental"),
    ("local", "Local"),
]

KINDS = [
    ("assembly", "General assembly"),
    ("board", "Board"),
    ("bureau", "Bureau"),
    ("committee", "Follow-up committee"),
    ("working_group", "Working group"),
    ("exchange_group", "Exchange group"),
    ("co_animation", "Co-animation of a territory"),
    ("other", "Other"),
]

RENEWALS = [("whole", "All seats at once"), ("thirds", "By thirds")]


class GovernanceBodyRules(models.AbstractModel):
    _name = "governance.body.rules"
    _description = "Rules of a Body"

    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="board")
    level = fields.Selection(LEVELS, required=True, default="regional")
    parent_id = fields.Many2one(
        "governance.body", string="Under", ondelete="restrict", index="btree_not_null", check_company=True
    )
    territory_id = fields.Many2one("association.territory", ondelete="restrict")
    function_ids = fields.Many2many("governance.function", string="Functions")
    term_months = fields.Integer(
        string="Term (months)", default=36, help="How long a mandate lasts; 0: it has no term."
    )
    at_term = fields.Selection(
        [("ends", "The mandate ends"), ("stays", "The holder stays until replaced")],
        string="At the term",
        required=True,
        default="ends",
    )
    renewal = fields.Selection(RENEWALS, required=True, default="whole")
    proxies = OptionalInteger(
        string="Proxies per holder",
        help="How many proxies one holder may carry. Empty: the statutes set no limit; 0: none.",
    )
    quorum_kind = fields.Selection(
        [
            ("none", "None"),
            ("share", "A share of the seats (%)"),
            ("number", "A number of holders"),
        ],
        string="Quorum",
        required=True,
        default="none",
        help="There is no legal quorum: the statutes set it.",
    )
    quorum_value = fields.Float(string="Quorum to reach", digits=(6, 2))
    notice_days = fields.Integer(string="Notice (days)", help="Days between the convocation and the meeting.")
    meeting_months = fields.Integer(string="Meets every (months)", help="Rhythm of the meetings; 0: on demand.")
    declared = fields.Boolean(
        string="Changes are declared",
        help="Changes among the holders of this body are declared to the prefecture within three months "
        "(Act of 1 July 1901, art. 5).",
    )

    _term_not_negative = models.Constraint(
        "CHECK (term_months >= 0 AND notice_days >= 0 AND meeting_months >= 0)",
        "A term, a notice and a rhythm are counted in whole months or days, from 0.",
    )
    _proxies_not_negative = models.Constraint(
        "CHECK (proxies >= 0)", "A number of proxies cannot be negative: leave it empty where there is no limit."
    )
    _quorum_in_reach = models.Constraint(
        "CHECK (quorum_kind = 'none' OR (quorum_value > 0 AND (quorum_kind <> 'share' OR quorum_value <= 100)))",
        "Write the quorum to reach: a share between 0 and 100 %, or a number of holders.",
    )
    _thirds_have_a_term = models.Constraint(
        "CHECK (renewal <> 'thirds' OR term_months >= 3)",
        "A renewal by thirds needs a term of three months at least.",
    )
