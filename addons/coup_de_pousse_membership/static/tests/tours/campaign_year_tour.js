/**
 * The treasurer's year after the launch: the calls are sent, who has not paid is reminded, the
 * bank's file is read, and the campaign says where it stands.
 *
 * No word of the screen is looked for, so that it runs in French as in English.
 */
import {registry} from "@web/core/registry";

const DIALOG = ".modal:not(.o_inactive_modal)";
const OK = {trigger: `${DIALOG} .modal-footer .btn-primary`, run: "click"};
const page = (name) => ({trigger: `.o_notebook a[name=${name}]`, run: "click"});

registry.category("web_tour.tours").add("membership_campaign_send", {
    steps: () => [
        {content: "Called, all of them", trigger: ".o_arrow_button_current[data-value=done]"},
        page("sending"),
        {content: "Send the calls", trigger: "button[name=action_ask_sending]", run: "click"},
        {content: "At this rate", trigger: ".modal button[name=action_confirm]", run: "click"},
        {content: "They are going out", trigger: "button[name=action_pause_sending]"},
    ],
});

registry.category("web_tour.tours").add("membership_campaign_remind", {
    steps: () => [
        page("sending"),
        {content: "All were sent", trigger: "[name=sent_count]:contains(3)"},
        page("reminders"),
        {
            content: "Who would be reminded today",
            trigger: "button[name=action_preview_reminders]",
            run: "click",
        },
        {trigger: ".o_list_view.o_view_controller .o_data_row:nth-child(3)"},
        {
            content: "Back to the campaign",
            trigger: ".o_back_button, .breadcrumb-item:nth-last-child(1) a",
            run: "click",
        },
        page("reminders"),
        {content: "Remind them", trigger: "button[name=action_send_reminders_now]", run: "click"},
        OK,
        {trigger: ".o_notification"},
    ],
});

registry.category("web_tour.tours").add("membership_campaign_payments", {
    steps: () => [
        {
            content: "The bank's file that was received",
            trigger: ".o_list_view .o_data_cell:contains(year.csv)",
            run: "click",
        },
        {trigger: ".o_form_view button[name=action_preview]", run: "click"},
        {
            content: "Two payments are certain",
            trigger: ".o_form_view button[name=action_confirm_certain]",
            run: "click",
        },
        {trigger: ".oe_stat_button [name=done_count] .o_stat_value:contains(2)"},
    ],
});

registry.category("web_tour.tours").add("membership_campaign_end", {
    steps: () => [
        page("numbers"),
        {
            content: "Two of three calls are paid",
            trigger: ".o_form_view [name=paid_count]:contains(2)",
        },
        {content: "What was collected, as a curve", trigger: ".o_campaign_curve canvas"},
        {
            content: "The year is over",
            trigger: "button[name=action_close]",
            run: "click",
        },
        {trigger: `.o_arrow_button_current[data-value=closed], ${DIALOG} .btn-primary`},
    ],
});
