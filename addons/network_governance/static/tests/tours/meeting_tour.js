/**
 * An assembly on a phone: the door, three votes, an election, the minutes.
 *
 * No word of the screen is looked for, so that it runs in French as in English.
 */
import {registry} from "@web/core/registry";

const DOOR = ".o_governance_door";

/** One person comes: found by name, one click. */
function arrive(number) {
    return [
        {trigger: `${DOOR} input[type=search]`, run: `edit Comer ${number}.`},
        {
            content: `Comer ${number} arrives`,
            trigger: `${DOOR} .o_governance_door_line:contains(Comer ${number}.) .o_governance_door_mark.btn-success`,
            run: "click",
        },
        {trigger: `${DOOR} .o_governance_door_present:contains(/^${number}$/)`},
    ];
}

/** Who stays away gives a proxy to somebody present. */
function proxy(number, giver, holder) {
    return [
        {trigger: `${DOOR} input[type=search]`, run: `edit Comer ${giver}.`},
        {
            trigger: `${DOOR} .o_governance_door_line:contains(Comer ${giver}.) .o_governance_door_proxy`,
            run: "click",
        },
        {trigger: `${DOOR} #governance_paper:checked`},
        {trigger: `${DOOR} input[type=search]`, run: `edit Comer ${holder}.`},
        {
            trigger: `${DOOR} .o_governance_door_line:contains(Comer ${holder}.) .o_governance_door_holder`,
            run: "click",
        },
        {trigger: `${DOOR} .o_governance_door_represented:contains(/^${number}$/)`},
    ];
}

registry.category("web_tour.tours").add("governance_meeting_door", {
    steps: () => [
        {content: "Open the meeting", trigger: "button[name=action_open]", run: "click"},
        {trigger: `${DOOR} .o_governance_door_quorum.alert-danger`},
        ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].flatMap(arrive),
        {
            content: "The quorum is reached",
            trigger: `${DOOR} .o_governance_door_quorum.alert-success`,
        },
        ...proxy(1, 13, 1),
        ...proxy(2, 14, 2),
        ...proxy(3, 15, 3),
    ],
});

/** One vote by show of hands: opened, its totals entered, closed, its result read. */
registry.category("web_tour.tours").add("governance_vote", {
    steps: () => [
        {content: "Open the vote", trigger: "button[name=action_open]", run: "click"},
        {content: "Its totals", trigger: ".o_notebook a[name=totals]", run: "click"},
        {trigger: "[name=tally_ids] .o_data_row .o_data_cell[name=yes]", run: "click"},
        {trigger: "[name=tally_ids] .o_selected_row [name=yes] input", run: "edit 3"},
        {trigger: "[name=tally_ids] .o_selected_row [name=no] input", run: "edit 1"},
        {content: "Close the vote", trigger: "button[name=action_close]", run: "click"},
        {trigger: ".modal:not(.o_inactive_modal) .modal-footer .btn-primary", run: "click"},
        {content: "The result", trigger: ".alert-success [name=sentence]:contains(4)"},
    ],
});
