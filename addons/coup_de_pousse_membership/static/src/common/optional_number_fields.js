/** Inputs of numbers that may be unknown, which is not 0. */
import {registry} from "@web/core/registry";
import {Operation} from "@web/model/relational_model/operation";
import {FloatField, floatField} from "@web/views/fields/float/float_field";
import {formatInteger} from "@web/views/fields/formatters";
import {integerField} from "@web/views/fields/integer/integer_field";
import {MonetaryField, monetaryField} from "@web/views/fields/monetary/monetary_field";
import {parseFloat, parseInteger, parseMonetary} from "@web/views/fields/parsers";

/**
 * Sets a value, whatever it was.
 *
 * Odoo's number inputs take false (unknown) and 0 for the same when the user leaves them by Tab or
 * Enter, and then drop the change. An operation is never taken for "no change".
 */
export class SetValue extends Operation {
    constructor(value) {
        super("=", value);
    }

    compute() {
        return this.operand;
    }
}

/**
 * Read what was typed into the input of a number that may be unknown.
 *
 * @param {string} text
 * @param {(text: string, options: object) => any} parse Odoo's parser for this kind of number
 * @returns {number|Operation} an operation where the value is unknown (false) or zero
 * @throws {Error} if the text holds no number: Odoo would read "unknown" as an amount of 0
 */
export function parseOptional(text, parse) {
    if (text.trim() === "") {
        return new SetValue(false);
    }
    if (!/\d/.test(text)) {
        throw new Error(`"${text}" is not a number`);
    }
    const value = parse(text, {allowOperation: true});
    return value === 0 ? new SetValue(0) : value;
}

export class OptionalFloatField extends FloatField {
    parse(text) {
        return parseOptional(text, parseFloat);
    }
}

export class OptionalIntegerField extends FloatField {
    parse(text) {
        return parseOptional(text, parseInteger);
    }

    get formattedValue() {
        return formatInteger(this.value);
    }
}

export class OptionalMonetaryField extends MonetaryField {
    get inputOptions() {
        return {...super.inputOptions, parse: (text) => parseOptional(text, parseMonetary)};
    }
}

const fields = registry.category("fields");
fields.add("optional_float", {...floatField, component: OptionalFloatField});
fields.add("optional_integer", {
    ...integerField,
    component: OptionalIntegerField,
    supportedOptions: [],
    extractProps: () => ({}),
});
fields.add("optional_monetary", {...monetaryField, component: OptionalMonetaryField});
