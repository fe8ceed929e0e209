"""What a majority is made of, in a rule of the statutes and, frozen, in each vote."""

from fractions import Fraction

from odoo import fields, models

from ...calculation.vote.majority import Rule

BASES = [
    ("relative", "More for than against"),
    ("expressed", "Of the votes for and against"),
    ("cast", "Of the votes cast, blank ones included"),
    ("present", "Of the voices present or represented"),
    ("all", "Of the voices of all who were convened"),
]


class GovernanceMajorityMixin(models.AbstractModel):
    _name = "governance.majority.mixin"
    _description = "Majority"

    base = fields.Selection(BASES, string="Counted", required=True, default="expressed")
    numerator = fields.Integer(required=True, default=1)
    denominator = fields.Integer(required=True, default=2)
    over = fields.Boolean(
        string="More than", default=True, help="Otherwise the share itself is enough: at least two thirds."
    )
    by_college = fields.Selection(
        [("no", "All together"), ("weighted", "Colleges, by their weight"), ("each", "Each college, or it is refused")],
        string="Colleges",
        required=True,
        default="no",
    )
    casting = fields.Boolean(string="Chair breaks a tie")

    _share = models.Constraint(
        "CHECK (numerator > 0 AND denominator > 0 AND numerator <= denominator)",
        "A majority is a part of the whole: 1 of 2, 2 of 3, 3 of 4…",
    )

    def _get_rule(self):
        """Return the :class:`majority.Rule`."""
        self.ensure_one()
        colleges = None if self.by_college == "no" else self.by_college
        return Rule(self.base, Fraction(self.numerator, self.denominator), self.over, colleges)

    def _describe_rule(self):
        """Return the majority in words."""
        self.ensure_one()
        bases = dict(self._fields["base"]._description_selection(self.env))
        colleges = dict(self._fields["by_college"]._description_selection(self.env))
        if self.base == "relative":
            words = bases["relative"]
        elif self.over and self.numerator * 2 == self.denominator:
            words = self.env._("More than half %s", bases[self.base].lower())
        else:
            form = (
                self.env._("More than %(share)s %(base)s") if self.over else self.env._("At least %(share)s %(base)s")
            )
            words = form % {"share": f"{self.numerator}/{self.denominator}", "base": bases[self.base].lower()}
        return words if self.by_college == "no" else f"{words} – {colleges[self.by_college].lower()}"
