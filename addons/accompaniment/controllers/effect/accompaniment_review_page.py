"""The public page of a review's link."""

from odoo.http import Controller, request, route


class AccompanimentReviewPage(Controller):
    """The page on which a beneficiary answers a review: a link, no login."""

    @route(
        "/accompaniment/review/<int:review_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def review(self, review_id, token, **form):
        """Show the page, or keep what is sent; a link that opens nothing any more says so."""
        review = request.env["accompaniment.review"].sudo()._find_by_token(review_id, token)
        company = review.company_id or request.env.company.sudo()
        zone = company._in_own_time().env.context["tz"]
        request.update_context(lang=review.partner_id.lang or company.partner_id.lang, tz=zone)
        review = review.with_env(review.env(context=request.env.context))
        if not review:
            response = request.render("accompaniment.review_page_closed", {"review": review})
            response.status_code = 410
            return response
        problems = {}
        if request.httprequest.method == "POST":
            problems = review._receive(form, request.httprequest.files)
            if not problems:
                return request.render("accompaniment.review_page_thanks", {"review": review})
        return request.render("accompaniment.review_page", {"review": review, "form": form, "problems": problems})
