/** What the tours of missions are made of. */
export const DIALOG = ".modal:not(.o_inactive_modal)";
export const SAVE = [
    {trigger: ".o_form_button_save:enabled", run: "click"},
    {content: "Saved", trigger: ".o_form_saved:not(:has(.o_form_button_save:visible))"},
];
export const click = (trigger, content) => ({content, trigger, run: "click"});
export const page = (name) => click(`.o_notebook a[name=${name}]`);
export const type = (trigger, value) => ({trigger, run: `edit ${value}`});
export const list = (name) => `.o_field_widget[name=${name}]`;

/** Types a date, which is a button until it is clicked. */
export function typeDate(scope, value, field = "") {
    const part = field && `[data-field=${field}]`;
    return [
        click(`${scope} :is(button, input)[data-field]${part}`),
        type(`${scope} input[data-field]${part}`, value),
    ];
}

/** Chooses a record by its name in a many2one or among tags. */
export function choose(field, name) {
    return [
        type(`${field} input`, name),
        click(`.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains(${name})`),
    ];
}

export function chooseTag(field, name) {
    return [...choose(field, name), {trigger: `${field} .o_tag:contains(${name})`}];
}

/** Chooses a value of a selection, by its English or French label. */
export function select(field, labels) {
    return [
        click(`${field} input`),
        click(`.o_select_menu_item:contains(/${labels}/)`),
        {trigger: `${field} input:value(/${labels}/)`},
    ];
}

/** Adds a row to a list that is edited in place, and fills it. */
export function addRow(scope, fill) {
    return [
        click(`${scope} .o_field_x2many_list_row_add :is(a, button)`),
        ...fill((name) => `${scope} .o_selected_row [name=${name}]`),
    ];
}
