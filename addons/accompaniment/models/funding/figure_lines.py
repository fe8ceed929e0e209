"""Which lines of a funding plan each of its figures is made of."""

from odoo.exceptions import UserError

#: Figures that all products make, whatever is granted.
OF_ALL_PRODUCTS = frozenset({"total_products", "weighted", "concentration", "concentration_by_row"})
#: Figures that what is granted makes.
OF_GRANTED = frozenset({"secured", "months_covered"})


def find_lines(plan, figure):
    """Return the lines that a figure of a plan is made of.

    :param figure: the figure's field on the plan.
    """
    products = plan._get_products()
    if figure in OF_ALL_PRODUCTS:
        return products
    if figure in OF_GRANTED:
        return products.filtered("amount_granted")
    if figure == "total_charges":
        return plan._get_charges()
    if figure == "gap":
        return plan._get_charges() | products
    if figure in ("first_funder", "first_share"):
        return products.filtered(lambda line: (line.funder_id.name or line.display_name) == plan.first_funder)
    if figure in ("first_row", "first_row_share"):
        return products.filtered(lambda line: line.display_name == plan.first_row)
    if figure in ("public_share", "private_share", "own_share"):
        return products.filtered(lambda line: f"{line._get_kind()}_share" == figure)
    raise UserError(plan.env._("This figure has no lines of its own: open it from the plan."))
