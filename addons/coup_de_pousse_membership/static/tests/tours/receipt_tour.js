/** Gifts and tax receipts: a gift, its receipt, replaced; a year at once, and its declaration. No word is looked for. */
import {registry} from "@web/core/registry";

const click = (trigger, content) => ({content, trigger, run: "click"});
const edit = (trigger, value, content) => ({content, trigger, run: `edit ${value}`});
const button = (name) => `.o_statusbar_buttons button[name=${name}]:enabled`;
const STATUS = (value) => `.o_statusbar_status button[data-value=${value}].o_arrow_button_current`;

registry.category("web_tour.tours").add("coup_de_pousse_membership.tax_receipt", {
    steps: () => [
        click(".o_list_button_add", "A new gift"),
        edit(".o_field_widget[name=partner_id] input", "Jeanne Donor", "Who gave"),
        click(".ui-autocomplete .ui-menu-item:contains(Jeanne Donor):eq(0)", "Her"),
        edit(".o_field_widget[name=amount] input", "120", "How much"),
        click(button("action_book"), "Book it"),
        {content: "It is in the books", trigger: STATUS("booked")},
        click(button("action_receipt"), "Its tax receipt"),
        {content: "The receipt states it", trigger: ".o_field_widget[name=amount]:contains(/120/)"},
        click(button("action_cancel"), "The address was wrong"),
        edit(".modal .o_field_widget[name=reason] input", "The address was wrong", "Why"),
        click(".modal button[name=action_confirm]", "Cancel, and issue another one"),
        {
            content: "The second one, in place of the first",
            trigger:
                ".o_form_view:not(:has(.modal)) .o_field_widget[name=replaces_id]:contains(/0001/)",
        },
        {content: "It is valid", trigger: STATUS("issued")},
    ],
});

registry.category("web_tour.tours").add("coup_de_pousse_membership.receipt_year", {
    steps: () => [
        click(".o_list_button_add", "Open this year"),
        click(".o_form_button_save", "Save"),
        click(button("action_list"), "List the payments"),
        {content: "One waits", trigger: ".o_field_widget[name=ready_count]:contains(/^1$/)"},
        click(button("action_issue"), "Issue all receipts"),
        {
            content: "None waits any more",
            trigger: ".o_field_widget[name=ready_count]:contains(/^0$/)",
        },
        click("button[name=action_view_payments]", "The payments, and why some have none"),
        {content: "Both are on a receipt", trigger: ".o_list_view .o_data_row:eq(1)"},
        click(".o_breadcrumb .o_back_button a", "Back"),
        click("button[name=action_declare]", "The declaration, as a file"),
        {content: "Still there", trigger: ".o_form_view button[name=action_declare]"},
    ],
});
