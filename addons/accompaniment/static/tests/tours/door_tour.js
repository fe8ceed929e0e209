/** At the door of a workshop each click is one mark; a date that is typed and left by Tab stays. */
import {registry} from "@web/core/registry";
import {SAVE, click, list, page} from "./steps";

const row = (rank) => `${list("attendance_ids")} .o_data_row:nth-child(${rank})`;

registry.category("web_tour.tours").add("accompaniment.door", {
    steps: () => [
        {trigger: row(3)},
        ...[1, 2, 3].flatMap((rank) => [
            click(`${row(rank)} button[name=action_present]`, "One click"),
            {content: "One mark", trigger: `${row(rank)}:not(:has(button[name=action_present]))`},
        ]),
        click(`${row(2)} button[name=action_absent]`),
        {trigger: `${row(2)}:not(:has(button[name=action_absent]))`},
    ],
});

registry.category("web_tour.tours").add("accompaniment.dates_by_tab", {
    steps: () => [
        page("phases"),
        click(`${list("phase_ids")} .o_data_row:nth-child(1) [name=date_from]`),
        click(
            `${list("phase_ids")} .o_selected_row [name=date_from] :is(button, input)[data-field]`,
        ),
        {
            trigger: `${list("phase_ids")} .o_selected_row [name=date_from] input[data-field]`,
            run: "edit 2017-04-10 && press Tab",
        },
        ...SAVE,
    ],
});
