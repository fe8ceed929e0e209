"""The public page behind the square code of a membership card."""

from odoo.http import Controller, request, route


class MembershipCard(Controller):
    """Whoever holds a card may have it read: it says whether it is valid, and nothing about its holder."""

    @route("/membership/card/<string:token>", type="http", auth="public", methods=["GET"], sitemap=False, readonly=True)
    def card(self, token):
        """Say until when a card is valid; a card that is not known is not valid, like one that has ended."""
        member = request.env["association.member"].sudo()._find_by_card(token)
        company = member.company_id or request.env.company.sudo()
        request.update_context(lang=member.partner_id.lang or company.partner_id.lang)
        values = {"company": company if member else False, "valid_until": member._get_card_day()}
        return request.render("coup_de_pousse_membership.membership_card_page", values)
