/** From the first screen to the paid call of an association that nobody has heard of yet, in 15 clicks at most. */
import {registry} from "@web/core/registry";

const DIALOG = ".modal:not(.o_inactive_modal)";
const PRIMARY = ".o_form_statusbar .o_statusbar_buttons .btn-primary";

registry.category("web_tour.tours").add("membership_newcomer", {
    steps: () => [
        {content: "A new member", trigger: ".o_membership_new", run: "click"},
        {trigger: "[name=partner_id] input", run: "edit Newcomer association"},
        {
            content: "Create it",
            trigger: ".o-autocomplete--dropdown-item:contains(Newcomer)",
            run: "click",
        },
        {content: "Its type", trigger: "[name=category_id] input", run: "click"},
        {
            trigger:
                "[name=category_id] .o-autocomplete--dropdown-item:contains(First of the list)",
            run: "click",
        },
        {content: "Its fee; the file is saved by itself", trigger: PRIMARY, run: "click"},
        {trigger: `${DIALOG} [name=line_ids] .o_data_row:contains(/60[.,]00/)`},
        {trigger: `${DIALOG} button[name=action_confirm]`, run: "click"},
        {
            content: "The board has admitted it",
            trigger: `.o_form_view:has([name=quote_sentence]) ${PRIMARY}`,
            run: "click",
        },
        {trigger: `${DIALOG} [name=body] input`, run: "edit Board of the day"},
        {trigger: `${DIALOG} button[name=action_confirm]`, run: "click"},
        {content: "Issue the call", trigger: `body:not(:has(${DIALOG})) ${PRIMARY}`, run: "click"},
        {trigger: `${DIALOG} button[name=action_confirm]`, run: "click"},
        {
            content: "Register its payment",
            trigger: ".o_form_view button[name=action_register_payment]",
            run: "click",
        },
        {trigger: `${DIALOG} button[name=action_create_payments]`, run: "click"},
        {content: "The call is paid", trigger: ".o_form_view .ribbon .text-bg-success"},
    ],
});
