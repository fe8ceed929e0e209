/**
 * The treasurer confirms the certain payments of a bank's file, and sees the calls paid.
 *
 * No word of the screen is looked for, so that it runs in French as in English.
 */
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("membership_payments", {
    steps: () => [
        {
            content: "The bank file that was received",
            trigger: ".o_list_view .o_data_cell:contains(tour-bank.csv)",
            run: "click",
        },
        {
            content: "Read the file",
            trigger: ".o_form_view button[name=action_preview]",
            run: "click",
        },
        {
            content: "One line is certain, one is unknown: confirm the certain one",
            trigger: ".o_form_view button[name=action_confirm_certain]",
            run: "click",
        },
        {
            content: "It is matched",
            trigger: ".oe_stat_button [name=done_count] .o_stat_value:contains(1)",
        },
        {
            content: "The rest waits to be identified",
            trigger: ".o_form_view button[name=action_book_rest]",
            run: "click",
        },
        {
            trigger: ".modal:not(.o_inactive_modal) .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "Nothing is left to confirm",
            trigger: ".o_arrow_button_current[data-value=done]",
        },
        {
            content: "Open what is to be identified",
            trigger: ".oe_stat_button:has([name=suspense_count])",
            run: "click",
        },
        {
            trigger:
                ".o_list_view.o_view_controller .o_data_row:contains(VIR INCONNU) .o_list_record_open_form_view button",
            run: "click",
        },
        {
            content: "Choose the call by hand",
            trigger:
                "[name=part_ids] .o_field_x2many_list_row_add button, [name=part_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "[name=part_ids] .o_selected_row [name=move_id] input",
            run: "edit Tour payer 1",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains(COT/)",
            run: "click",
        },
        {
            trigger: "[name=part_ids] .o_selected_row [name=amount] input",
            run: "edit 33",
        },
        {
            content: "Match it",
            trigger: ".o_form_statusbar button[name=action_match]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=done]",
        },
    ],
});
