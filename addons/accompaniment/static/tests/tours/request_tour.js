/**
 * The adviser's way from a request to its mission, and another request oriented elsewhere.
 *
 * No word of the screen is looked for, so that it runs in French as in English.
 */
import {registry} from "@web/core/registry";

const DIALOG = ".modal:not(.o_inactive_modal)";
const card = (name) => `.o_kanban_record:contains(${name})`;

/** Type into a many2one and take the proposal of that name. */
export const choose = (field, name, within = ".o_form_view") => [
    {trigger: `${within} [name=${field}] input`, run: `edit ${name}`},
    {trigger: `.o-autocomplete--dropdown-item a:contains(/^${name}$/)`, run: "click"},
    {trigger: `${within} [name=${field}] input:value(${name})`},
];

registry.category("web_tour.tours").add("accompaniment_request", {
    steps: () => [
        {
            content: "What is overdue shows above its step",
            trigger: ".o_kanban_group .progress-bar.bg-danger",
        },
        {content: "A new request", trigger: ".o-kanban-button-new", run: "click"},
        {
            trigger: ".o_form_view [name=name] input, .o_form_view [name=name] textarea",
            run: "edit Tour need",
        },
        ...choose("partner_id", "Tour organisation"),
        {
            content: "The contact's territory is taken over",
            trigger: ".o_form_view [name=territory_id] input:value(/./)",
        },
        ...choose("scheme_id", "Tour scheme"),
        {trigger: "[name=need] textarea", run: "edit We are 150, 15 decide"},
        {
            content: "The day of the answer is proposed",
            trigger:
                "[name=answer_due_on]:contains(/[0-9]/), [name=answer_due_on] input:value(/./)",
        },
        {content: "Saved", trigger: ".o_form_button_save", run: "click"},
        {content: "One click", trigger: "button[name=action_create_mission]", run: "click"},
        {
            content: "The mission, with its phases",
            trigger: ".o_arrow_button_current[data-value=prepared]",
        },
        {trigger: "[name=partner_id] input:value(Tour organisation)"},
        {trigger: "[name=scheme_id] input:value(Tour scheme)"},
        {
            content: "In the organisation's words",
            trigger: "[name=context]:contains(We are 150, 15 decide)",
        },
        {trigger: ".o_notebook a[name=phases]", run: "click"},
        {trigger: "[name=phase_ids] .o_data_row:contains(Tour phase)"},
        {
            content: "Back to the requests",
            trigger: ".breadcrumb-item:first a, .o_back_button",
            run: "click",
        },
        {trigger: card("Tour late"), run: "click"},
        {
            content: "Orient it elsewhere",
            trigger: ".o_statusbar_buttons button:not([name=action_create_mission])",
            run: "click",
        },
        ...choose("partner_id", "Tour elsewhere", DIALOG),
        {trigger: `${DIALOG} [name=note] textarea`, run: "edit They fund this"},
        {trigger: `${DIALOG} button[name=action_confirm]`, run: "click"},
        {content: "It may be taken back", trigger: "button[name=action_unarchive]"},
        {content: "With its trace", trigger: ".o-mail-Message:contains(They fund this)"},
    ],
});
