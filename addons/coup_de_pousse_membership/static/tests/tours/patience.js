/** Steps of tours wait long enough for a loaded machine: red means wrong, not slow. */
import {registry} from "@web/core/registry";

const PATIENCE = 60000;
const tours = registry.category("web_tour.tours");
const get = tours.get;

tours.get = function (...args) {
    const tour = get.apply(this, args);
    return {
        ...tour,
        steps: () => tour.steps().map((step) => ({timeout: PATIENCE, ...step})),
    };
};
