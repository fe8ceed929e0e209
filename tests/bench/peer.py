"""The OCA's addon ``membership``, in a database of its own: its wizard, then the posting of what it makes."""

from datetime import date

from .data import make_partners, settle
from .measure import Result


def run(env, number):
    """Measure the peer's way of calling a fee."""
    product = env["product.product"].create(
        {
            "name": "Fee",
            "type": "service",
            "membership": True,
            "membership_date_from": date(date.today().year, 1, 1),
            "membership_date_to": date(date.today().year, 12, 31),
            "list_price": 100,
            "taxes_id": False,
        }
    )
    env.cr.commit()
    call(env, product, make_partners(env, 3, "Warm"))
    env.cr.commit()
    env.invalidate_all()
    result = Result(f"A campaign of {number:,}: membership, posted invoice", "OCA membership", number)
    partners = make_partners(env, number)
    settle(env)
    with result.committed(env):
        call(env, product, partners)
    return [result]


def call(env, product, partners):
    """Do what its user does: the wizard on the selected contacts, then the posting of the drafts."""
    wizard = env["membership.invoice"].with_context(active_ids=partners.ids)
    action = wizard.create({"product_id": product.id, "member_price": 100}).membership_invoice()
    env["account.move"].search(action["domain"]).action_post()
