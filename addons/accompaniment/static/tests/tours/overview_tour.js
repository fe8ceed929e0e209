/** The adviser's first screen and the workload. No word of the screen is looked for. */
import {registry} from "@web/core/registry";

const click = (trigger, content) => ({content, trigger, run: "click"});
const MENU = (name) => `[data-menu-xmlid='accompaniment.${name}']`;

registry.category("web_tour.tours").add("accompaniment.overview", {
    steps: () => [
        {
            content: "One of mine is to be closed",
            trigger: "[data-card=to_close] .fs-2:contains(/^1$/)",
        },
        {
            content: "What is overdue, in euros",
            trigger: "[data-card=funding_overdue] .text-nowrap:contains(/1.000,00/)",
        },
        click("button[name=all]", "Those of everybody"),
        click("[data-card=to_close]:has(.fs-2:contains(/^2$/))", "Two, then"),
        {content: "The two that were counted", trigger: ".o_list_view .o_data_row:eq(1)"},
        click(".o_breadcrumb .o_back_button a", "Back"),
        click("[data-panel=states] button:eq(0)", "Those under way"),
        {
            content: "Closed ones would be there too: no filter",
            trigger: ".o_list_view:not(:has(.o_facet_value))",
        },
        click(`button${MENU("menu_reporting")}`, "Reporting"),
        click(`a${MENU("menu_workload")}`, "Workload"),
        {content: "Too much in this month", trigger: ".o_workload td.bg-danger-subtle"},
        click(".o_workload button[name=after]", "Next year"),
        {content: "Nothing there", trigger: ".o_workload:not(:has(table))"},
        click(".o_workload button[name=before]", "Back to this year"),
        click(".o_workload tbody button:eq(0)", "The missions of a month"),
        {trigger: ".o_list_view .o_data_row:contains(Tour mission)"},
    ],
});
