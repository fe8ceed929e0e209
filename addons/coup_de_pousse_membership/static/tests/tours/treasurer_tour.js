/**
 * The treasurer's path, from the login page to a paid membership.
 *
 * No word of the screen is looked for, so that it runs in French as in English.
 */
import {registry} from "@web/core/registry";

const DIALOG = ".modal:not(.o_inactive_modal)";

/** Types the rule at a row (1 is the first) of the grid's list: a band of budgets and its fee. */
function typeRule(row, lower, upper, amount) {
    const cell = (name) =>
        `.o_field_widget[name=rule_ids] .o_data_row:nth-child(${row}).o_selected_row [name=${name}]`;
    const steps = [
        {
            content: "Add a rule",
            trigger:
                ".o_field_widget[name=rule_ids] .o_field_x2many_list_row_add button, .o_field_widget[name=rule_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "According to the budget",
            trigger: `${cell("basis")} input`,
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Budget)",
            run: "click",
        },
    ];
    if (lower) {
        steps.push({trigger: `${cell("basis_from")} input`, run: `edit ${lower}`});
    }
    if (upper) {
        steps.push({trigger: `${cell("basis_below")} input`, run: `edit ${upper}`});
    }
    steps.push({
        content: `Fee ${amount}`,
        trigger: `${cell("amount")} input`,
        run: `edit ${amount}`,
    });
    return steps;
}

registry.category("web_tour.tours").add("membership_treasurer", {
    steps: () => [
        {
            content: "Log in",
            trigger: "input[name=login]",
            run: "edit test_treasurer",
        },
        {trigger: "input[name=password]", run: "edit test_treasurer"},
        {
            trigger: ".oe_login_buttons button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Open the app: it shows what needs doing",
            trigger:
                ".o_app[data-menu-xmlid='coup_de_pousse_membership.menu_root'], .o_navbar_apps_menu button",
            run: "click",
        },
        {
            trigger: ".o_app[data-menu-xmlid='coup_de_pousse_membership.menu_root']",
            run: "click",
        },
        {
            content: "The overview is there",
            trigger: ".o_membership_overview",
        },
        {
            content: "Fees > Grids",
            trigger: "button[data-menu-xmlid='coup_de_pousse_membership.menu_fees']",
            run: "click",
        },
        {
            trigger: "a[data-menu-xmlid='coup_de_pousse_membership.menu_fee_grid']",
            run: "click",
        },
        {content: "A new grid", trigger: ".o_list_button_add", run: "click"},
        {
            trigger: ".o_form_view [name=name] input, .o_form_view [name=name] textarea",
            run: "edit Tour grid",
        },
        ...typeRule(1, "", "50000", "50"),
        ...typeRule(2, "50000", "", "120"),
        {
            content: "Record the vote",
            trigger: ".o_form_statusbar button.o_record_vote",
            run: "click",
        },
        {trigger: ".modal [name=voted_by] input", run: "edit Assembly of 14 June"},
        {trigger: ".modal footer button[name=action_confirm]", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {
            content: "The grid is voted",
            trigger: ".o_arrow_button_current[data-value=voted]",
        },
        {
            content: "Members > Members",
            trigger: "button[data-menu-xmlid='coup_de_pousse_membership.menu_members']",
            run: "click",
        },
        {
            trigger: "a[data-menu-xmlid='coup_de_pousse_membership.menu_member']",
            run: "click",
        },
        {
            content: "Open the member that the office has entered",
            trigger: ".o_data_cell:contains(Tour association)",
            run: "click",
        },
        {
            content: "Prepare its membership",
            trigger: ".o_form_statusbar .o_statusbar_buttons .btn-primary",
            run: "click",
        },
        {
            content: "The fee is explained",
            trigger: `${DIALOG} [name=line_ids] .o_data_row:contains(/120[.,]00/)`,
        },
        {trigger: `${DIALOG} button[name=action_confirm]`, run: "click"},
        {
            content: "The board has admitted it",
            trigger:
                ".o_form_view:has([name=quote_sentence]) .o_form_statusbar .o_statusbar_buttons .btn-primary",
            run: "click",
        },
        {trigger: `${DIALOG} [name=body] input`, run: "edit Board of the day"},
        {trigger: `${DIALOG} button[name=action_confirm]`, run: "click"},
        {
            content: "Issue the call",
            trigger: ".o_form_statusbar .o_statusbar_buttons .btn-primary",
            run: "click",
        },
        {
            trigger: `${DIALOG} button[name=action_confirm]`,
            run: "click",
        },
        {
            content: "The call is posted: register its payment",
            trigger: ".o_form_view button[name=action_register_payment]",
            run: "click",
        },
        {
            trigger: `${DIALOG} button[name=action_create_payments]`,
            run: "click",
        },
        {
            content: "The call is paid",
            trigger: ".o_form_view .ribbon .text-bg-success",
        },
        {
            content: "Back to the membership",
            trigger: "button[name=action_view_memberships]",
            run: "click",
        },
        {
            content: "The member is up to date",
            trigger:
                ".o_list_view .o_data_row:contains(Tour association) [name=state] .text-bg-success",
        },
    ],
});
