/**
 * The treasurer's evening before the assembly: a real grid (federation of personal services,
 * turnover, place and year of membership) entered from nothing, its hole found and mended, the
 * grid voted, and three members quoted.
 */
import {registry} from "@web/core/registry";

const DIALOG = ".modal:not(.o_inactive_modal)";
const RULES = ".o_field_widget[name=rule_ids]";

/** Shows columns of the rules' list that are hidden at first. */
function showColumns(names) {
    return [
        {
            content: "The columns that this grid needs",
            trigger: `${RULES} .o_optional_columns_dropdown button`,
            run: "click",
        },
        ...names.map((name) => ({
            trigger: `.o-dropdown--menu input[name=${name}]`,
            run: "click",
        })),
        {
            trigger: `${RULES} .o_optional_columns_dropdown button`,
            run: "click",
        },
        {trigger: `${RULES} th[data-name=${names[names.length - 1]}]`},
    ];
}

/** Chooses a record in a many2many of the selected row. */
function tag(cell, name) {
    return [
        {trigger: `${cell} input`, run: `edit ${name}`},
        {
            trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains(${name})`,
            run: "click",
        },
        {trigger: `${cell} .o_tag:contains(${name})`},
    ];
}

/**
 * Types the rule at a row (1 is the first).
 *
 * @param {Object} rule `category`, `place`, first and last year (`from`, `to`), band of turnover
 *  (`lower`, `upper`), and `amount` or `rate` (percent).
 */
function typeRule(row, rule) {
    const cell = (name) => `${RULES} .o_data_row:nth-child(${row}).o_selected_row [name=${name}]`;
    const type = (name, value) =>
        value ? [{trigger: `${cell(name)} input`, run: `edit ${value}`}] : [];
    return [
        {
            content: `Rule ${row}`,
            trigger: `${RULES} .o_field_x2many_list_row_add button, ${RULES} .o_field_x2many_list_row_add a`,
            run: "click",
        },
        ...tag(cell("category_ids"), rule.category),
        {
            content:
                "The label proposed: the server has answered, no menu closes under the pointer",
            trigger: `${cell("name")} input:value(${rule.category})`,
        },
        ...(rule.place ? tag(cell("territory_ids"), rule.place) : []),
        ...type("year_from", rule.from),
        ...type("year_to", rule.to),
        ...(rule.rate
            ? [
                  {trigger: `${cell("method")} input`, run: "click"},
                  {trigger: ".o_select_menu_item:contains(/Rate of|Pourcentage/)", run: "click"},
              ]
            : []),
        {trigger: `${cell("basis")} input`, run: "click"},
        {trigger: ".o_select_menu_item:contains(/Turnover|Chiffre d/)", run: "click"},
        {trigger: `${cell("basis")} input:value(/Turnover|Chiffre d/)`},
        ...type("basis_from", rule.lower),
        ...type("basis_below", rule.upper),
        ...type("amount", rule.amount),
        ...type("rate", rule.rate),
    ];
}

function save() {
    return [
        {trigger: ".o_form_button_save", run: "click"},
        {content: "Saved", trigger: ".o_form_saved"},
    ];
}

const SERVICES = "Personal services";
const CRECHE = "Day nursery";
const METROPOLE = "France métropolitaine";
const OVERSEAS = "Outre-mer";
const FESP = [
    {category: SERVICES, place: METROPOLE, from: 1, to: 1, upper: 500000, amount: 280},
    {category: SERVICES, place: METROPOLE, from: 2, upper: 500000, amount: 400},
    {category: SERVICES, place: METROPOLE, from: 1, to: 1, lower: 500000, rate: 0.08},
    {category: SERVICES, place: METROPOLE, from: 2, lower: 500000, rate: 0.11},
    {category: SERVICES, place: OVERSEAS, from: 1, to: 1, upper: 1000000, amount: 280},
    {category: SERVICES, place: OVERSEAS, from: 2, upper: 1000000, amount: 400},
    {category: SERVICES, place: OVERSEAS, from: 1, to: 1, lower: 1000000, rate: 0.08},
    {category: CRECHE, from: 1, to: 1, rate: 0.05},
    {category: CRECHE, from: 2, to: 2, rate: 0.08},
    {category: CRECHE, from: 3, rate: 0.11},
];
const FORGOTTEN = {category: SERVICES, place: OVERSEAS, from: 2, lower: 1000000, rate: 0.11};
const HOLES = ".o_fee_grid_review .alert-warning";

registry.category("web_tour.tours").add("membership_fee_grid", {
    steps: () => [
        {content: "A new grid", trigger: ".o_list_button_add", run: "click"},
        {
            trigger: ".o_form_view [name=name] input, .o_form_view [name=name] textarea",
            run: "edit Personal services federation",
        },
        ...showColumns(["territory_ids", "year_from", "year_to", "name"]),
        ...FESP.flatMap((rule, index) => typeRule(index + 1, rule)),
        {
            content: "No fee above 52,000",
            trigger: ".o_notebook a[name=options]",
            run: "click",
        },
        {
            trigger: ".o_notebook .tab-pane.active [name=cap] input",
            run: "edit 52000",
        },
        ...save(),
        {
            content: "The grid is looked at before it is voted",
            trigger: ".o_notebook a[name=review]",
            run: "click",
        },
        {
            content: "Nobody has foreseen the second year overseas",
            trigger: `${HOLES} li:contains(${OVERSEAS}):contains(/1.000.000/)`,
        },
        {
            content: "The forgotten rule",
            trigger: ".o_notebook a[name=rules]",
            run: "click",
        },
        ...typeRule(FESP.length + 1, FORGOTTEN),
        ...save(),
        {trigger: ".o_notebook a[name=review]", run: "click"},
        {
            content: "The hole is gone",
            trigger: `.o_fee_grid_review:not(:has(li:contains(/1.000.000/)))`,
        },
        {
            content: "Record the vote",
            trigger: ".o_form_statusbar button.o_record_vote",
            run: "click",
        },
        {trigger: ".modal [name=voted_by] input", run: "edit Assembly of 14 June"},
        {trigger: ".modal footer button[name=action_confirm]", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {trigger: ".o_arrow_button_current[data-value=voted]"},
        {
            content: "Members > Members",
            trigger: "button[data-menu-xmlid='coup_de_pousse_membership.menu_members']",
            run: "click",
        },
        {
            trigger: "a[data-menu-xmlid='coup_de_pousse_membership.menu_member']",
            run: "click",
        },
        {trigger: ".o_data_row:contains(Quoted crèche)"},
        {
            content: "All three members",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Prepare their memberships",
            trigger: ".o_control_panel .o_cp_action_menus button:has(.fa-cog)",
            run: "click",
        },
        {trigger: ".o-dropdown-item:contains(/Prepare|Préparer/)", run: "click"},
        {
            content: "First year in metropolitan France: a fixed fee",
            trigger: `${DIALOG} [name=line_ids] .o_data_row:contains(Quoted small):contains(/280[.,]00/)`,
        },
        {
            content: "Second year overseas: 0.11 % of 2,000,000, by the rule that was forgotten",
            trigger: `${DIALOG} [name=line_ids] .o_data_row:contains(Quoted overseas):contains(/2.200[.,]00/)`,
        },
        {
            content: "A day nursery's first year: 0.05 % of 300,000",
            trigger: `${DIALOG} [name=line_ids] .o_data_row:contains(Quoted crèche):contains(/150[.,]00/)`,
        },
        {trigger: `${DIALOG} button[name=action_confirm]`, run: "click"},
        {
            content: "The three memberships are prepared (the members' own list has no admission)",
            trigger: ".o_list_view .o_data_row:nth-child(3) [name=admission]",
        },
    ],
});
