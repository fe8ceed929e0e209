/**
 * The treasurer's campaign: made, previewed, fixed, corrected, launched, and looked at.
 *
 * No word of the screen is looked for, so that it runs in French as in English.
 */
import {registry} from "@web/core/registry";

const DIALOG = ".modal:not(.o_inactive_modal)";
const row = (name) => `.o_list_view .o_data_row:contains(${name})`;

const openCampaigns = [
    {
        content: "Open the app",
        trigger:
            ".o_app[data-menu-xmlid='coup_de_pousse_membership.menu_root'], .o_navbar_apps_menu button",
        run: "click",
    },
    {
        trigger: ".o_app[data-menu-xmlid='coup_de_pousse_membership.menu_root']",
        run: "click",
    },
    {trigger: ".o_membership_overview"},
    {
        content: "Fees > Campaigns",
        trigger: "button[data-menu-xmlid='coup_de_pousse_membership.menu_fees']",
        run: "click",
    },
    {
        trigger: "a[data-menu-xmlid='coup_de_pousse_membership.menu_campaign']",
        run: "click",
    },
];

registry.category("web_tour.tours").add("membership_campaign_launch", {
    steps: () => [
        ...openCampaigns,
        {
            content: "Last year's campaign",
            trigger: ".o_list_view .o_data_row .o_data_cell[name=name]:contains(Tour last)",
            run: "click",
        },
        {
            content: "This year's in one click",
            trigger: "button[name=action_next_year]",
            run: "click",
        },
        {
            content: "A new campaign, in preparation",
            trigger: ".o_arrow_button_current[data-value=draft]",
        },
        {content: "Preview", trigger: "button[name=action_preview].btn-primary", run: "click"},
        {
            content: "The list of recipients",
            trigger: ".o_form_view button[name=action_view_lines].btn-secondary",
            run: "click",
        },
        {
            content: "One has no figure: enter it",
            trigger: `${row("Tour without figure")} button[name=action_mend]`,
            run: "click",
        },
        {trigger: `${DIALOG} [name=figure] input`, run: "edit 150000"},
        {trigger: `${DIALOG} button[name=action_confirm]`, run: "click"},
        {
            content: "It is called by now",
            trigger: `${row("Tour without figure")}:contains(/200[.,]00/) .text-bg-info`,
        },
        {
            content: "Another fee for one of them",
            trigger: `${row("Tour renewing 0")} [name=amount]`,
            run: "click",
        },
        {trigger: ".o_selected_row [name=amount] input", run: "edit 30"},
        {trigger: ".o_selected_row [name=adjust_reason] input", run: "edit Board of May"},
        {
            content: "Saved",
            trigger: ".o_list_button_save, .o_control_panel_main_buttons .o_list_button_save",
            run: "click",
        },
        {trigger: ".o_list_view:not(:has(.o_selected_row))"},
        {
            content: "Another is left out",
            trigger: `${row("Tour renewing 1")} .o_list_record_selector input`,
            run: "click",
        },
        {trigger: "button[name=action_leave_out]", run: "click"},
        {trigger: `${DIALOG} [name=reason] input`, run: "edit Waived"},
        {trigger: `${DIALOG} button[name=action_confirm]`, run: "click"},
        {trigger: `${row("Tour renewing 1")} .text-bg-300, ${row("Tour renewing 1")}.text-muted`},
        {
            content: "Back to the campaign",
            trigger: ".o_back_button, .breadcrumb-item:nth-last-child(1) a",
            run: "click",
        },
        {content: "Launch", trigger: "button[name=action_launch]", run: "click"},
        {trigger: `${DIALOG} [name=count]:contains(4)`},
        {trigger: `${DIALOG} button[name=action_confirm]`, run: "click"},
        {
            content: "It is calling, with its progress",
            trigger: ".o_arrow_button_current[data-value=running]",
        },
        {trigger: "[name=progress] .progress"},
        {content: "Pause", trigger: "button[name=action_pause]", run: "click"},
        {trigger: ".o_arrow_button_current[data-value=paused], button[name=action_resume]"},
        {content: "Resume", trigger: "button[name=action_resume]", run: "click"},
        {trigger: "button[name=action_pause]"},
    ],
});

registry.category("web_tour.tours").add("membership_campaign_numbers", {
    steps: () => [
        ...openCampaigns,
        {
            trigger:
                ".o_list_view .o_data_row:contains(Tour last) ~ .o_data_row .o_data_cell[name=name], .o_list_view .o_data_row:not(:contains(Tour last)) .o_data_cell[name=name]",
            run: "click",
        },
        {
            content: "Called, all of them",
            trigger: ".o_arrow_button_current[data-value=done]",
        },
        {content: "The results", trigger: ".o_notebook a[name=numbers]", run: "click"},
        {trigger: ".o_campaign_curve canvas"},
        {trigger: ".o_campaign_breakdown table tfoot"},
        {
            content: "The list behind a number",
            trigger: ".o_form_view button[name=action_view_lines].oe_stat_button",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row .text-bg-success"},
    ],
});
