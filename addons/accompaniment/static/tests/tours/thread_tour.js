/**
 * The thread of a mission: complete, then one link is removed and what hangs loose is red.
 *
 * No word of the screen is looked for, so that it runs in French as in English.
 */
import {registry} from "@web/core/registry";

const box = (column, more = "") =>
    `.o_accompaniment_thread .o_thread_box[data-node=${column}]${more}`;

registry.category("web_tour.tours").add("accompaniment_thread", {
    steps: () => [
        {
            content: "The sessions along the months",
            trigger: ".o_notebook a[name=workshops]",
            run: "click",
        },
        {trigger: ".o_accompaniment_timeline .o_timeline_mark"},
        {content: "The thread", trigger: "button[name=action_view_thread]", run: "click"},
        {content: "Complete", trigger: ".o_accompaniment_thread .badge.text-bg-success"},
        {trigger: box("finding")},
        {trigger: box("effect")},
        {trigger: ".o_accompaniment_thread:has(.o_thread_curve):not(:has(.o_thread_orphan))"},
        {
            content: "With the keyboard, the action opens",
            trigger: box("action"),
            run: ({anchor}) => anchor.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter"})),
        },
        {trigger: ".o_form_view [name=workshop_id] input:value(/./)", run: "clear"},
        {
            trigger: ".o_form_view [name=name] input, .o_form_view [name=name] textarea",
            run: "click",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_view:has(.o_form_saved), .o_form_view:not(:has(.o_form_dirty))"},
        {
            content: "Back to the thread",
            trigger: ".o_back_button, .breadcrumb-item:last a",
            run: "click",
        },
        {
            content: "The finding has no action any more",
            trigger: box("finding", ".o_thread_orphan"),
        },
        {content: "The action answers nothing", trigger: box("action", ".o_thread_orphan")},
        {trigger: "[data-orphan=no_finding]"},
    ],
});
