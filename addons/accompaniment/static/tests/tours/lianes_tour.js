/**
 * The Lianes mission, entered as its adviser does: scheme, stakes, phases, co-funders, survey on
 * paper, findings, workshops, domains, actions, days, effects, a review a year later, the thread.
 *
 * No word of the screen is looked for, so that it runs in French as in English.
 */
import {registry} from "@web/core/registry";

import {
    DIALOG,
    SAVE,
    addRow,
    choose,
    chooseTag,
    click,
    list,
    page,
    select,
    type,
    typeDate,
} from "./steps";

const STAKES = ["Gouvernance", "Positionnement", "Économie du réseau"];
/** Who pays, what is left to pay, their part, and how it shows. */
const COFUNDING = [
    ["Fonds DASESS", "/9.600/", 6720, "/6.720/"],
    ["Région", "/2.880/", 1920, "/1.920/"],
    ["Lianes", "/960/", 960, "/960/"],
];
const WORKSHOPS = [
    ["2017-04-27 09:30", "Qui décide quoi"],
    ["2017-05-11 09:30", "Logique fédérative"],
    ["2017-06-01 09:30", "Trois domaines"],
    ["2017-06-15 09:30", "Diversité des ressources"],
];
const FINDINGS = [
    ["Peu de structures décident", STAKES[0], WORKSHOPS[0][1]],
    ["Le rôle du réseau n'est pas clair", STAKES[1], WORKSHOPS[1][1]],
    ["Les quatre missions se recoupent", STAKES[1], WORKSHOPS[2][1]],
    ["Quelques financeurs portent tout", STAKES[2], WORKSHOPS[3][1]],
];
const BEFORE = ["Information", "Observatoire", "Accompagnement", "Animation territoriale"];
const AFTER = [
    ["Ressources et observatoire", ["Information", "Observatoire"]],
    ["Accompagnement et formation", ["Accompagnement"]],
    ["Animation et plaidoyer", ["Animation territoriale"]],
];
const ACTIONS = [
    ["Ouvrir les instances", WORKSHOPS[0][1]],
    ["Écrire une charte", WORKSHOPS[1][1]],
    ["Réunir les équipes", WORKSHOPS[2][1]],
    ["Chercher deux financeurs", WORKSHOPS[3][1]],
];
const DAYS = [3, 5, 2, 1.5, 0.5];
const EFFECTS = [
    ["Réorganisation interne amorcée", "Short|Court", ACTIONS[2][0]],
    ["Équipe de pilotage recentrée", "Medium|Moyen", ACTIONS[2][0]],
    ["Refonte du projet associatif", "Medium|Moyen", ACTIONS[1][0]],
    ["Animation publique régulière", "Medium|Moyen", ACTIONS[0][0]],
];

const identity = [
    click(".o_list_button_add", "A new mission"),
    type(".o_form_view .oe_title [name=name] textarea", "Repenser la stratégie"),
    ...choose(list("partner_id"), "Lianes"),
    ...choose(list("scheme_id"), "DASESS"),
    ...typeDate(list("date_from"), "2017-04-03"),
    ...typeDate(list("date_from"), "2017-06-30", "date_to"),
    ...["Gouvernance", "Positionnement", "Modèle économique"].flatMap((name) =>
        chooseTag(list("theme_ids"), name),
    ),
    ...STAKES.flatMap((name) =>
        addRow(list("stake_ids"), (cell) => [type(`${cell("name")} input`, name)]),
    ),
    page("participants"),
    ...addRow(list("participant_ids"), (cell) => [
        ...choose(cell("partner_id"), "Région"),
        ...select(cell("role"), "Pilot"),
    ]),
];

const budget = [
    page("phases"),
    {content: "The scheme's phases", trigger: `${list("phase_ids")} .o_data_row:nth-child(5)`},
    type(`${list("day_rate")} input`, "800 && click body"),
    {content: "12 days at 800", trigger: `${list("price")}:contains(/9.600/)`},
    ...COFUNDING.flatMap(([name, left, amount, shown]) =>
        addRow(list("cofunding_ids"), (cell) => [
            {
                content: "What nobody pays yet is proposed; what is typed before that may be lost",
                trigger: `${cell("amount")} input:value(${left})`,
            },
            ...choose(cell("partner_id"), name),
            type(`${cell("amount")} input`, `${amount} && click body`),
            {trigger: `${list("cofunding_ids")}:contains(${shown})`},
        ]),
    ),
    ...SAVE,
    click("button[name=action_start]", "The mission starts"),
    {trigger: ".o_arrow_button_current[data-value=running]"},
];

const survey = [
    page("diagnosis"),
    click(".o_notebook button:has(.fa-bar-chart)", "A new diagnosis"),
    click("[name=source] input[data-value=typed]", "The survey was on paper"),
    type("[name=invited_typed] input", 150),
    type("[name=respondents_typed] input", 60),
    click("button[name=action_open]", "The next step is there before anything is saved"),
    {trigger: ".o_arrow_button_current[data-value=open]"},
    click(".o_statusbar_buttons button[name=action_close]"),
    {trigger: ".o_arrow_button_current[data-value=closed]"},
    click(".o_back_button, .breadcrumb-item:nth-last-child(1) a", "Back to the mission"),
    {trigger: `${list("diagnostic_ids")} .o_data_row:contains(/40/)`},
];

const workshops = [
    page("workshops"),
    ...WORKSHOPS.flatMap(([start, name]) =>
        addRow(list("workshop_ids"), (cell) => [
            ...typeDate(cell("start"), start),
            type(`${cell("name")} input`, name),
        ]),
    ),
    ...SAVE,
];

const findings = [
    page("diagnosis"),
    ...FINDINGS.flatMap(([name, stake, workshop]) =>
        addRow(list("finding_ids"), (cell) => [
            type(`${cell("name")} input`, name),
            ...choose(cell("stake_id"), stake),
            ...chooseTag(cell("workshop_ids"), workshop),
        ]),
    ),
    ...SAVE,
];

const domains = [
    page("results"),
    ...BEFORE.flatMap((name) =>
        addRow(list("domain_before_ids"), (cell) => [type(`${cell("name")} input`, name)]),
    ),
    ...SAVE,
    ...AFTER.flatMap(([name, origins]) =>
        addRow(list("domain_after_ids"), (cell) => [
            type(`${cell("name")} input`, name),
            ...origins.flatMap((origin) => chooseTag(cell("origin_ids"), origin)),
        ]),
    ),
    ...SAVE,
];

const actions = [
    page("plans"),
    click(`${list("action_plan_ids")} .o_field_x2many_list_row_add :is(a, button)`),
    type(`${DIALOG} .oe_title [name=name] input`, "Feuille de route"),
    ...ACTIONS.flatMap(([name, workshop]) =>
        addRow(`${DIALOG} ${list("commitment_ids")}`, (cell) => [
            type(`${cell("name")} input`, name),
            ...choose(cell("owner_id"), "Lianes"),
            ...choose(cell("workshop_id"), workshop),
        ]),
    ),
    click(`${DIALOG} .o_form_button_save`),
    ...SAVE,
];

const effects = [
    page("effects"),
    ...EFFECTS.flatMap(([name, horizon, action]) =>
        addRow(list("effect_ids"), (cell) => [
            type(`${cell("name")} input`, name),
            ...select(cell("horizon"), horizon),
            ...chooseTag(cell("commitment_ids"), action),
        ]),
    ),
    ...SAVE,
];

const days = [
    page("phases"),
    ...DAYS.flatMap((count, rank) => [
        click(
            `${list("phase_ids")} .o_data_row:nth-child(${rank + 1}) button[name=action_enter_days]`,
        ),
        type(`${DIALOG} [name=unit_amount] input`, count),
        click(`${DIALOG} .o_form_button_save`),
        {trigger: `body:not(:has(${DIALOG})) ${list("phase_ids")}`},
    ]),
];

/** Answers that an effect is seen; a row is written in once it is the one being edited. */
const answer = (row) => {
    const cell = (name) => `${list("answer_ids")} ${row}.o_selected_row [name=${name}]`;
    return [
        click(`${list("answer_ids")} ${row} [name=answer]`),
        ...select(cell("answer"), "^Seen|^Constaté$"),
        {
            content: "Seen today: the server has answered",
            trigger: `${cell("observed_on")} button[data-field]`,
        },
        type(`${cell("evidence")} :is(input, textarea)`, "Vu en juin 2018"),
    ];
};

const review = [
    click(".o_statusbar_buttons > button:visible:eq(0)", "The mission is over"),
    {trigger: `${DIALOG} [name=message]`},
    click(`${DIALOG} button[name=action_confirm]`),
    {trigger: ".o_arrow_button_current[data-value=closed]"},
    page("effects"),
    click(
        `${list("review_ids")} .o_data_row:has([name=topic]:contains(12)) button[name=get_formview_action]`,
        "The review at twelve months",
    ),
    click("button[name=action_propose]"),
    ...EFFECTS.flatMap((_effect, rank) => answer(`.o_data_row:nth-child(${rank + 1})`)),
    click("button[name=action_done]"),
    {trigger: ".o_arrow_button_current[data-value=done]"},
    click(".o_back_button, .breadcrumb-item:nth-last-child(1) a"),
];

const thread = [
    click("button[name=action_view_thread]"),
    {trigger: ".o_accompaniment_thread [data-node=effect]"},
];

registry.category("web_tour.tours").add("accompaniment.lianes", {
    steps: () => [
        ...identity,
        ...budget,
        ...survey,
        ...workshops,
        ...findings,
        ...domains,
        ...actions,
        ...effects,
        ...days,
        ...review,
        ...thread,
        {
            content: "Nothing hangs loose",
            trigger: ".o_accompaniment_thread:not(:has([data-orphan], .o_thread_orphan))",
        },
    ],
});

const confirmInvoice = [
    {trigger: ".o_form_view .o_arrow_button_current[data-value=draft]"},
    click("button[name=action_post].btn-primary, button[name=action_post].oe_highlight"),
    {trigger: ".o_form_view .o_arrow_button_current[data-value=posted]"},
];

registry.category("web_tour.tours").add("accompaniment.lianes_invoices", {
    steps: () => [
        click("button[name=action_invoice]", "One draft invoice for each co-funder"),
        {trigger: ".o_list_view .o_data_row:contains(Fonds DASESS):contains(/6.720/)"},
        click(
            ".o_list_view .o_data_row:nth-child(1) .o_data_cell[name=invoice_partner_display_name]",
        ),
        ...confirmInvoice,
        click(".o_pager_next"),
        ...confirmInvoice,
        click(".o_pager_next"),
        ...confirmInvoice,
        click(".breadcrumb-item:nth-last-child(2) a", "Back to the mission"),
        {trigger: ".oe_stat_button [name=amount_invoiced]:contains(/9.600/)"},
        click(
            ".o_cp_action_menus button:has(.fa-cog)",
            "Its invoices are posted: it is not deleted",
        ),
        click(".o_menu_item:has(.fa-trash-o)"),
        click(`${DIALOG} .modal-footer .btn-primary`),
        {trigger: `${DIALOG} .modal-body:contains(/Invoices exist|factures existent/)`},
        click(`${DIALOG} .modal-footer .btn-primary`),
        {trigger: ".o_form_view .oe_stat_button"},
    ],
});

registry.category("web_tour.tours").add("accompaniment.lianes_broken_thread", {
    steps: () => [
        page("diagnosis"),
        click(`${list("finding_ids")} .o_data_row:nth-child(1) [name=workshop_ids]`),
        click(
            `${list("finding_ids")} .o_selected_row [name=workshop_ids] .o_delete`,
            "The link goes",
        ),
        {trigger: `${list("finding_ids")} .o_selected_row [name=workshop_ids]:not(:has(.o_tag))`},
        ...SAVE,
        click("button[name=action_view_thread]"),
        {
            content: "The finding is in red",
            trigger: `.o_thread_orphan[data-node=finding]:contains(${FINDINGS[0][0]})`,
        },
        {trigger: "[data-orphan=no_action].text-bg-danger"},
        {trigger: "[data-orphan=no_finding].text-bg-danger"},
    ],
});
