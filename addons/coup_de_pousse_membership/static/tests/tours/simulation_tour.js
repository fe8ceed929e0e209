/** A draft grid tried on the members: from the draft to the file for the board. No word is looked for. */
import {registry} from "@web/core/registry";

const click = (trigger, content) => ({content, trigger, run: "click"});
const revenue = (amount) => `.o_simulation_grids tr:eq(2):contains(/${amount}/)`;

registry.category("web_tour.tours").add("coup_de_pousse_membership.simulation", {
    steps: () => [
        click(".o_simulate:enabled", "Try the draft"),
        {content: "What it would bring in", trigger: revenue("940,00")},
        {content: "Whose fee changes most", trigger: ".o_simulation_largest tbody tr:eq(3)"},
        {
            content: "With a cap",
            trigger: ".o_field_widget[name=cap] input",
            run: "edit 600 && press Tab",
        },
        {content: "It brings in less", trigger: revenue("840,00")},
        click(".o_simulation_export", "The file for the board"),
        {content: "Saved", trigger: ".o_form_saved"},
    ],
});
