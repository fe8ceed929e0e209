/**
 * The governance secretary's path, from the login page to the page for the assembly.
 *
 * No word of the screen is looked for, so that it runs in French as in English.
 */
import {registry} from "@web/core/registry";

const DIALOG = ".modal:not(.o_inactive_modal)";
const APP = "network_governance";

function menu(parent, item) {
    return [
        {trigger: `button[data-menu-xmlid='${APP}.${parent}']`, run: "click"},
        {trigger: `a[data-menu-xmlid='${APP}.${item}']`, run: "click"},
    ];
}

/** Adds a line to the composition: so many seats of a college. */
function composition(number, seats) {
    const cell = (name) =>
        `.o_field_widget[name=composition_ids] .o_data_row:nth-child(${number}).o_selected_row [name=${name}]`;
    return [
        {
            content: `College ${number}`,
            trigger:
                ".o_field_widget[name=composition_ids] .o_field_x2many_list_row_add a, .o_field_widget[name=composition_ids] .o_field_x2many_list_row_add button",
            run: "click",
        },
        {trigger: `${cell("college_id")} input`, run: `edit Tour college ${number}`},
        {
            trigger: `.o-autocomplete--dropdown-item a:contains(Tour college ${number})`,
            run: "click",
        },
        {trigger: `${cell("seats")} input`, run: `edit ${seats}`},
    ];
}

/** Seats one person on the row of the list of free seats. */
function seat(number) {
    const row = `${DIALOG} [name=line_ids] .o_data_row:nth-child(${number})`;
    return [
        {content: `Seat ${number}`, trigger: `${row} [name=partner_id]`, run: "click"},
        {
            trigger: `${row}.o_selected_row [name=partner_id] input`,
            run: `edit Tour structure ${number}, Tour holder ${number}`,
        },
        {
            trigger: `.o-autocomplete--dropdown-item a:contains(/Tour holder ${number}$/)`,
            run: "click",
        },
        {
            content: "Its structure is proposed",
            trigger: `${row} [name=organisation_id] input:value(Tour structure ${number})`,
        },
    ];
}

registry.category("web_tour.tours").add("governance_secretary", {
    steps: () => [
        {content: "Log in", trigger: "input[name=login]", run: "edit governance_secretary"},
        {trigger: "input[name=password]", run: "edit governance_secretary"},
        {
            trigger: ".oe_login_buttons button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Open the app",
            trigger: `.o_app[data-menu-xmlid='${APP}.menu_root'], .o_navbar_apps_menu button`,
            run: "click",
        },
        {trigger: `.o_app[data-menu-xmlid='${APP}.menu_root']`, run: "click"},
        {content: "It shows how to start", trigger: ".o_governance_overview .o_governance_step"},
        ...menu("menu_bodies", "menu_body"),
        {content: "A new body", trigger: ".o_list_button_add", run: "click"},
        {
            trigger: ".o_form_view .oe_title [name=name] input",
            run: "edit Tour board",
        },
        ...composition(1, 6),
        ...composition(2, 4),
        ...composition(3, 2),
        {content: "Save", trigger: ".o_form_button_save", run: "click"},
        {
            content: "Create the seats",
            trigger: ".o_form_statusbar button[name=action_create_seats]",
            run: "click",
        },
        {
            content: "Seat holders",
            trigger: ".o_form_statusbar button[name=action_seat_holders]",
            run: "click",
        },
        ...Array.from({length: 12}, (_, index) => seat(index + 1)).flat(),
        {trigger: `${DIALOG} button[name=action_confirm]`, run: "click"},
        {
            content: "All twelve sit: open their mandates",
            trigger:
                ".o_form_view:not(:has(button[name=action_seat_holders])) button[name=action_view_mandates]",
            run: "click",
        },
        {
            content: "One of them leaves",
            trigger: ".o_list_view .o_data_cell[name=partner_id]:contains(/Tour holder 1$/)",
            run: "click",
        },
        {trigger: ".o_form_statusbar button[name=action_replace]", run: "click"},
        {
            trigger: `${DIALOG} [name=day] input, ${DIALOG} [name=day] button`,
            run: "click",
        },
        {
            content: "In six days",
            trigger: ".o_datetime_picker .o_next",
            run: "click",
        },
        {
            trigger: ".o_datetime_picker .o_date_item_cell:not(.o_out_of_range):contains(/^15$/)",
            run: "click",
        },
        {
            content: "By the thirteenth",
            trigger: `${DIALOG} [name=partner_id] input`,
            run: "edit Tour structure 1, Tour holder 13",
        },
        {trigger: ".o-autocomplete--dropdown-item a:contains(Tour holder 13)", run: "click"},
        {trigger: `${DIALOG} button[name=action_confirm]`, run: "click"},
        {
            content: "The mandate has its end",
            trigger: ".o_form_view [name=end_reason]",
        },
        ...menu("menu_reporting", "menu_representativeness"),
        {
            content: "Three in five members sit",
            trigger: ".o_governance_rate:contains(/60[.,]0/)",
        },
        {
            content: "One body",
            trigger: ".o_governance_scope",
            run: "selectByLabel Tour board",
        },
        {
            content: "By college",
            trigger: "button[data-dimension=college]",
            run: "click",
        },
        {trigger: "button[data-dimension=college].active"},
        {
            content: "The segments are there, with their bars",
            trigger: ".o_governance_segments tbody tr .o_governance_bar",
        },
        {
            content: "Print the page",
            trigger: ".o_governance_print",
            run: async () => {
                // The file itself would leave the browser with a download: ask for it, and read it.
                const answer = await fetch(
                    "/web/dataset/call_kw/governance.representativeness/action_print",
                    {
                        method: "POST",
                        headers: {"Content-Type": "application/json"},
                        body: JSON.stringify({
                            jsonrpc: "2.0",
                            params: {
                                model: "governance.representativeness",
                                method: "action_print",
                                args: [false, "all", false],
                                kwargs: {},
                            },
                        }),
                    },
                );
                const {result} = await answer.json();
                const page = await fetch(
                    `/report/html/${result.report_name}/${result.context.active_ids.join(",")}`,
                );
                const text = await page.text();
                if (!page.ok || !/60[.,]0/.test(text)) {
                    throw new Error("The page for the assembly does not say what the screen says.");
                }
            },
        },
    ],
});
