/** What a mission cannot be: each is refused on the screen with a sentence. */
import {registry} from "@web/core/registry";
import {DIALOG, click, list, page, type, typeDate} from "./steps";

/** Saves, reads why it is refused, and takes the change back. */
function refused(sentence) {
    return [
        click(".o_form_button_save:enabled"),
        {trigger: `${DIALOG} .modal-body:contains(/${sentence}/)`},
        click(`${DIALOG} .modal-footer .btn-primary`),
        click(".o_form_button_cancel"),
    ];
}

registry.category("web_tour.tours").add("accompaniment.refusals", {
    steps: () => [
        page("phases"),
        click(`${list("phase_ids")} .o_data_row:nth-child(1) [name=date_from]`),
        ...typeDate(`${list("phase_ids")} .o_selected_row [name=date_from]`, "2017-05-02"),
        ...typeDate(`${list("phase_ids")} .o_selected_row [name=date_to]`, "2017-05-01"),
        ...refused("comes before the first one|précède le premier"),
        page("phases"),
        click(`${list("cofunding_ids")} .o_data_row:nth-child(1) [name=amount]`),
        type(`${list("cofunding_ids")} .o_selected_row [name=amount] input`, "6000 && click body"),
        {
            content: "It shows before it is saved",
            trigger: `.text-danger ${list("amount_to_share")}:contains(/720/)`,
        },
        ...refused("is missing|manque"),
        page("diagnosis"),
        click(`${list("diagnostic_ids")} button[name=get_formview_action]`),
        click(".o_statusbar_buttons button[name=action_close]"),
        {trigger: `${DIALOG} .modal-body:contains(/Nobody answered|Personne n/)`},
    ],
});
