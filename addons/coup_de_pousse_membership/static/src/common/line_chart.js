/** Curves: one component for all of ours, drawn by Odoo's Chart.js. */
import {Component, onWillStart, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";

/**
 * Lines over a numeric axis. A point whose `y` is null is a gap in its line.
 *
 * @property {Array} series `{label, color, dashed, points: [{x, y}]}` of each line
 * @property {string} label what the picture shows, for who cannot see it
 * @property {Function} formatX text of a value of the horizontal axis
 * @property {Function} formatY text of a value of the vertical axis
 * @property {Function} [titleOf] text of a point that the pointer is on
 * @property {string} [xLabel] name of the horizontal axis
 * @property {number} [xStep] smallest distance between two marks of the horizontal axis
 */
export class LineChart extends Component {
    static template = "coup_de_pousse_membership.LineChart";
    static props = {
        series: Array,
        label: String,
        formatX: Function,
        formatY: Function,
        titleOf: {type: Function, optional: true},
        xLabel: {type: String, optional: true},
        xStep: {type: Number, optional: true},
    };

    setup() {
        this.canvas = useRef("canvas");
        this.chart = null;
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [JSON.stringify(this.props.series)],
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    draw() {
        this.chart?.destroy();
        // eslint-disable-next-line no-undef
        this.chart = new Chart(this.canvas.el, {
            type: "line",
            data: {datasets: this.props.series.map((serie) => this.dataset(serie))},
            options: this.options,
        });
    }

    dataset({label, color, dashed, points}) {
        return {
            label,
            data: points,
            borderColor: color,
            backgroundColor: color,
            borderWidth: 2.5,
            borderDash: dashed ? [5, 4] : [],
            pointRadius: points.map((_, index) => (index === points.length - 1 ? 3.5 : 1.5)),
            pointHitRadius: 8,
        };
    }

    get options() {
        const {formatX, formatY, titleOf, xLabel, xStep} = this.props;
        return {
            animation: false,
            maintainAspectRatio: false,
            interaction: {mode: "nearest", intersect: false},
            plugins: {
                legend: {display: false},
                tooltip: {
                    callbacks: {
                        title: (items) =>
                            items.map(({raw}) => (titleOf ? titleOf(raw) : formatX(raw.x))),
                        label: ({dataset, raw}) => ` ${dataset.label}: ${formatY(raw.y)}`,
                    },
                },
            },
            scales: {
                x: {
                    type: "linear",
                    grid: {display: false},
                    title: {display: Boolean(xLabel), text: xLabel || "", align: "end"},
                    bounds: "data",
                    ticks: {
                        callback: (value) => formatX(value),
                        stepSize: xStep,
                        maxTicksLimit: 12,
                    },
                },
                y: {
                    beginAtZero: true,
                    ticks: {callback: (value) => formatY(value), maxTicksLimit: 6},
                },
            },
        };
    }
}
