"""Charts: one module a kind; each turns figures into a Vega-Lite specification."""
