/**
 * Funding, as its adviser works: a plan typed and pasted, with two scenarios; a joint application from idea to balance.
 *
 * No word of the screen is looked for, so that it runs in French as in English.
 */
import {registry} from "@web/core/registry";

import {DIALOG, SAVE, addRow, choose, click, list, page, select, type, typeDate} from "./steps";

const BEFORE_SAVE = `${DIALOG} .o_form_button_save, ${DIALOG} footer .btn-primary`;

/** Types a scenario in its window: a funder that stops. */
const addScenario = (name, funder) => [
    click(`${list("scenario_ids")} .o_field_x2many_list_row_add :is(a, button)`),
    type(`${DIALOG} [name=name] input`, name),
    ...addRow(`${DIALOG} ${list("change_ids")}`, (cell) => choose(cell("funder_id"), funder)),
    click(BEFORE_SAVE),
    {trigger: `body:not(:has(${DIALOG}))`},
    {trigger: `${list("scenario_ids")} .o_data_row:contains(${name})`},
];

/** Goes by an arrow from one row to another, in the column of the planned amounts. */
const move = (key, from, to) => [
    click(`${list("product_ids")} .o_data_row:nth-child(${from}) [name=amount_planned]`),
    {
        trigger: `${list("product_ids")} .o_data_row:nth-child(${from}) [name=amount_planned] input`,
        run: `press ${key}`,
    },
    {
        content: "The row beside it, in the same column",
        trigger: `${list("product_ids")} .o_data_row:nth-child(${to}) [name=amount_planned] input:focus`,
    },
];

/** Prints the budget by its button, and waits until the paper has come. */
const printBudget = () => [
    click(".oe_stat_button:has(.fa-print):eq(1)"),
    {
        content: "The paper has come",
        trigger: ".o_form_view",
        run: async () => {
            const found = () =>
                performance
                    .getEntriesByType("resource")
                    .find(({name}) => name.includes("/report/download"));
            for (let waited = 0; !found() && waited < 60; waited++) {
                await new Promise((resolve) => setTimeout(resolve, 1000));
            }
            if (found()?.responseStatus !== 200 || found().decodedBodySize < 5000) {
                throw new Error("The printed budget did not come");
            }
        },
    },
];

registry.category("web_tour.tours").add("accompaniment.funding_plan", {
    steps: () => [
        click(".o_list_button_add", "A blank plan"),
        type("[name=name] input", "Plan typed"),
        ...choose("[name=partner_id]", "Lianes"),
        ...addRow(list("product_ids"), (cell) => [
            ...choose(cell("account_id"), "74-REG"),
            type(`${cell("name")} input`, "Regional grant"),
            ...choose(cell("funder_id"), "Région"),
            type(`${cell("amount_planned")} input`, "60000"),
            type(`${cell("amount_granted")} input`, "60000"),
        ]),
        ...SAVE,
        {trigger: "[name=secured]:contains(/60.000/)"},
        click("button[name=action_paste]"),
        {
            trigger: `${DIALOG} [name=text] textarea`,
            run: ({edit}) => edit("756\tFees\t10 000\t10 000\n758\tGifts\t5 000"),
        },
        click(`${DIALOG} button[name=action_confirm]`),
        {trigger: `body:not(:has(${DIALOG}))`},
        {content: "Typed and pasted", trigger: `${list("product_ids")} .o_data_row:nth-child(3)`},
        {trigger: "[name=total_products]:contains(/75.000/)"},
        page("charges"),
        ...addRow(list("charge_ids"), (cell) => [
            ...choose(cell("account_id"), "641"),
            type(`${cell("amount_planned")} input`, "75000"),
        ]),
        ...SAVE,
        {content: "It balances", trigger: ".o_form_view:not(:has([name=balance]:visible))"},
        page("products"),
        {
            content: "Cells pasted where the lines stand",
            trigger: ".o_funding_lines .o_data_row:nth-child(3)",
            run: ({anchor}) => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/plain", "70\tSales\t900\t0\n70\tMore sales\t100\t0");
                anchor.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true}));
            },
        },
        {trigger: `${list("product_ids")} .o_data_row:nth-child(5)`},
        click(".o_notification_buttons button", "Undo"),
        {
            trigger: `body:not(:has(.o_notification)) ${list("product_ids")}:not(:has(.o_data_row:nth-child(4)))`,
        },
        ...move("ArrowDown", 1, 2),
        ...move("ArrowUp", 2, 1),
        page("scenarios"),
        ...addScenario("Without the region", "Région"),
        ...addScenario("Again without it", "Région"),
        ...SAVE,
        click("button[name=action_propose]"),
        {trigger: ".o_arrow_button_current[data-value=proposed]"},
        click("button[name=action_vote]"),
        {trigger: ".o_arrow_button_current[data-value=voted]"},
        page("versions"),
        {content: "Versions side by side", trigger: "[name=versions_html] th:nth-child(4)"},
        click("button[name=action_view_figure]:first"),
        {content: "The lines behind a figure", trigger: ".o_list_view .o_data_row"},
        click(".o_back_button, .breadcrumb-item a:last"),
        ...printBudget(),
    ],
});

registry.category("web_tour.tours").add("accompaniment.joint_application", {
    steps: () => [
        {content: "The pipeline, empty columns too", trigger: ".o_kanban_group:nth-child(10)"},
        click(".o-kanban-button-new", "An idea"),
        type("[name=name] input", "Common collection"),
        ...choose("[name=partner_id]", "Lianes"),
        ...choose("[name=funder_id]", "Région"),
        ...choose("[name=account_id]", "74-REG"),
        type("[name=amount_asked] input", "6000"),
        click("[name=is_joint] input"),
        page("shares"),
        {trigger: `${list("share_ids")} .o_data_row:nth-child(1):contains(Lianes)`},
        ...addRow(list("share_ids"), (cell) => [
            ...choose(cell("partner_id"), "Second network"),
            type(`${cell("amount_asked")} input`, "4000"),
        ]),
        ...SAVE,
        {content: "The sum of the shares", trigger: "[name=amount_asked]:contains(/10.000/)"},
        page("deadlines"),
        ...addRow(list("deadline_ids"), (cell) => [
            ...select(cell("kind"), "Letter of intent|Lettre d’intention"),
            click(`${cell("date")} :is(button, input)[data-field]`),
            {
                trigger: `${list("deadline_ids")} .o_selected_row [name=date] input[data-field]`,
                run: "edit 2027-01-15 && press Tab",
            },
        ]),
        ...SAVE,
        click(`${list("deadline_ids")} button[name=action_done]`),
        {trigger: `${list("deadline_ids")} .o_data_row:not(:has(button[name=action_done]))`},
        page("shares"),
        click(`${list("share_ids")} .o_data_row:nth-child(1) [name=amount_granted]`),
        type(`${list("share_ids")} .o_selected_row [name=amount_granted] input`, "5000"),
        ...SAVE,
        click(".o_statusbar_status button[data-value=granted]", "Granted"),
        {trigger: ".o_arrow_button_current[data-value=granted]"},
        click("button[name=action_to_plans]"),
        {
            content: "In the plan of the one that has one",
            trigger: ".o_form_view [name=secured]:contains(/5.000/)",
        },
        page("instalments"),
        ...addRow(list("instalment_ids"), (cell) => [
            ...choose(cell("line_id"), "Common collection"),
            ...select(cell("kind"), "Balance|Solde"),
            ...typeDate(cell("date_expected"), "2026-09-15"),
            type(`${cell("amount")} input`, "5000"),
            ...typeDate(cell("date_received"), "2026-10-01"),
        ]),
        ...SAVE,
        {
            content: "The balance is paid",
            trigger: `${list("instalment_ids")} [name=amount_received]:contains(/5.000/)`,
        },
    ],
});
